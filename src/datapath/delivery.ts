/**
 * Whether a path delivered what it was sent, whole, once, in order and to whom it was meant: both ends'
 * own counts. Judged on every path, whatever its rules of proof ask for. Pure.
 */
import { addCounts, type DeliveryCounts, noCounts } from '../parts/delivery.ts'
import type { Load } from '../parts/loads/load.ts'
import { loads } from '../parts/loads/loads.ts'
import { trialIdentity } from '../parts/loads/trial-name.ts'
import type { Delivery, Proof } from '../record/record.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import { isMoreThanChance } from '../stats/binomial.ts'
import { copiesIn, noRepairs, type TcpRepairs } from './tcp-repairs.ts'

/** Counts of nothing yet. */
export const noDelivery = (kind: Delivery['kind'], name?: string): Delivery => ({
  ...trialIdentity({ kind, name }),
  ...noCounts,
})

/** What both counted together. */
export const addDelivery = (a: Delivery, b: DeliveryCounts): Delivery => ({
  ...trialIdentity(a),
  ...addCounts(a, b),
})

/** A path to judge. */
export interface Delivered {
  /** By kind of trial. */
  readonly delivery: readonly Delivery[]
  readonly allows: ScenarioPath['allows']
  /** What the floor counted in the same blocks: the path's own counts where it is the floor. */
  readonly floor?: readonly Delivery[]
  /** What the kernel counted of TCP, where that is known. */
  readonly repairs?: TcpRepairs | undefined
  /** While a run goes on chance has its say in what a share comes to; at its end the share is what it is. */
  readonly isFinal: boolean
}

/** How rarely chance may make a path out to lose more than it is allowed, or than the floor does. */
const alpha = 1e-6

/** What a path was found to do, as rules of its proof. Those that nothing can be said of are left out. */
export const judgeDelivery = (path: Delivered): Proof[] => [
  ...loads.flatMap((load) => judgeAnswers(path, load)),
  ...judgePackets(path),
  ...judgeSegments(path),
  // What comes spoilt is missing, too: what it is comes first.
  ...[...Map.groupBy(loads, ({ words }) => words.lost).values()].flatMap((alike) => judgeLoss(path, alike)),
]

function judgeLoss(path: Delivered, alike: readonly Load[]): Proof[] {
  const { lost, sent } = totalOf(path.delivery, alike)
  const [load] = alike
  if (sent === 0 || load === undefined) return []
  // Only where packets are sent as fast as they are accepted do receivers on any path fall behind.
  const floor = path.floor === undefined || !load.isSaturating ? undefined : totalOf(path.floor, alike)
  const onFloor = floor && { count: floor.lost, of: floor.sent }
  return [
    judgeShare(load.words.lost, { count: lost, of: sent }, path.allows.lossRatio, path.isFinal, onFloor),
  ]
}

function judgeAnswers({ delivery }: Delivered, load: Load): Proof[] {
  const { corrupted, misdirected, compared } = totalOf(delivery, [load])
  const { answers } = load.words
  if (answers === undefined || compared === undefined) return []
  return [
    judgeNone(answers.corrupted, corrupted, compared),
    judgeNone(answers.misdirected, misdirected, compared),
  ]
}

function judgePackets({ delivery, floor, allows, isFinal }: Delivered): Proof[] {
  const ofPackets = loads.filter(({ counted }) => counted === 'packets')
  const all = totalOf(delivery, ofPackets)
  if (all.sent === 0) return []
  const floods =
    floor &&
    totalOf(
      floor,
      ofPackets.filter(({ isSaturating }) => isSaturating),
    )
  return [
    judgeNone('packets that arrived with other content than was sent', all.corrupted),
    judgeNone('packets that arrived more than once', all.duplicated),
    judgeNone('packets that came to another end than was called', all.misdirected),
    judgeShare(
      'packets that arrived after a later one of their flow',
      { count: all.reordered, of: all.received },
      allows.reordered,
      isFinal,
      floods && { count: floods.reordered, of: floods.received },
    ),
  ]
}

/**
 * Of TCP, where copies go unseen by whoever sends: the kernel at the other end takes a segment once. Sockets of our own say how
 * many came again, and the kernel of all sockets together.
 */
function judgeSegments({ delivery, repairs = noRepairs }: Delivered): Proof[] {
  const ofTcp = loads.filter(({ counted }) => counted !== 'packets')
  if (totalOf(delivery, ofTcp).sent === 0) return []
  const { duplicated, segments = repairs.segments } = totalOf(
    delivery,
    ofTcp.filter(({ driver }) => driver === 'tcp'),
  )
  if (segments === 0) return []
  const copies = Math.max(duplicated, copiesIn(repairs))
  return [judgeNone('TCP segments that arrived more often than they were sent', copies, segments)]
}

/** The counts of all trials of these loads together. */
function totalOf(delivery: readonly Delivery[], alike: readonly Load[]): DeliveryCounts {
  const kinds = new Set(alike.map(({ kind }) => kind))
  return delivery.filter(({ kind }) => kinds.has(kind)).reduce(addCounts, noCounts)
}

interface Share {
  readonly count: number
  readonly of: number
}

const judgeNone = (what: string, count: number, of?: number): Proof => ({
  what,
  expected: 'none',
  observed: of === undefined ? String(count) : `${count} of ${of}`,
  holds: count === 0,
})

/** @param floor what the floor came to; no path is asked for more */
function judgeShare(
  what: string,
  share: Share,
  allowed: number | undefined,
  isFinal: boolean,
  floor?: Share,
): Proof {
  const observed = share.count === 0 ? '0' : `${share.count} of ${share.of} (${percent(share)})`
  if (allowed !== undefined)
    return {
      what,
      expected: `at most ${Number((allowed * 100).toPrecision(6))} % (allowed)`,
      observed,
      holds: isFinal
        ? share.count <= allowed * share.of
        : !isMoreThanChance(share.count, share.of, allowed, alpha),
    }
  if (floor === undefined || floor.count === 0)
    return { what, expected: 'none', observed, holds: share.count === 0 }
  return {
    what,
    expected: `no more than on the floor: ${floor.count} of ${floor.of} (${percent(floor)})`,
    observed,
    // Of all that both lost, the path's share is what it sent of all that both sent, if they are alike.
    holds: !isMoreThanChance(share.count, share.count + floor.count, share.of / (share.of + floor.of), alpha),
  }
}

const percent = ({ count, of }: Share): string => `${Number(((count / of) * 100).toPrecision(2))} %`
