/**
 * Whether a path delivered what it was sent, whole, once, in order and to whom it was meant: both ends'
 * own counts. Judged on every path, whatever its rules of proof ask for. Pure.
 */
import type { Delivery, Proof } from '../results/record.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import { isMoreThanChance } from '../stats/binomial.ts'

type Kind = Delivery['kind']

/** Counts of nothing yet. */
export const noDelivery = (kind: Kind): Delivery => ({
  kind,
  sent: 0,
  received: 0,
  lost: 0,
  corrupted: 0,
  duplicated: 0,
  misdirected: 0,
  reordered: 0,
})

/** What both counted together. */
export const addDelivery = (a: Delivery, b: Omit<Delivery, 'kind'>): Delivery => ({
  kind: a.kind,
  sent: a.sent + b.sent,
  received: a.received + b.received,
  lost: a.lost + b.lost,
  corrupted: a.corrupted + b.corrupted,
  duplicated: a.duplicated + b.duplicated,
  misdirected: a.misdirected + b.misdirected,
  reordered: a.reordered + b.reordered,
  ...(a.compared === undefined && b.compared === undefined
    ? {}
    : { compared: (a.compared ?? 0) + (b.compared ?? 0) }),
})

/** A path to judge. */
export interface Delivered {
  /** By kind of trial. */
  readonly delivery: readonly Delivery[]
  readonly allows: ScenarioPath['allows']
  /** What the floor counted in the same blocks: the path's own counts where it is the floor. */
  readonly floor?: readonly Delivery[]
  /** While a run goes on chance has its say in what a share comes to; at its end the share is what it is. */
  readonly isFinal: boolean
}

/** How rarely chance may make a path out to lose more than it is allowed, or than the floor does. */
const alpha = 1e-6

/** What a path was found to do, as rules of its proof. Those that nothing can be said of are left out. */
export function judgeDelivery(path: Delivered): Proof[] {
  const { delivery, allows, floor } = path
  const floods = totalOf(delivery, ['flood'])
  const floorFloods = floor === undefined ? undefined : totalOf(floor, ['flood'])
  const timed = totalOf(delivery, ['pingpong', 'paced'])
  const http = totalOf(delivery, ['http'])
  const all = totalOf(delivery, ['flood', 'pingpong', 'paced'])
  const lossOf = (what: string, { lost, sent }: Delivery, most?: Share) =>
    sent === 0 ? [] : [judgeShare(what, { count: lost, of: sent }, allows.lossRatio, path.isFinal, most)]
  const shareOf = (count: number, of: number): Share => ({ count, of })
  return [
    ...lossOf('packets lost in floods', floods, floorFloods && shareOf(floorFloods.lost, floorFloods.sent)),
    ...lossOf('packets lost in ping-pong and paced trials', timed),
    ...lossOf('HTTP requests not answered', http),
    ...(http.compared === undefined
      ? []
      : [
          judgeNone(
            'HTTP answers that came with other content than the server sent',
            http.corrupted,
            http.compared,
          ),
          judgeNone('HTTP answers of another server than was called', http.misdirected, http.compared),
        ]),
    ...(all.sent === 0
      ? []
      : [
          judgeNone('packets that arrived with other content than was sent', all.corrupted),
          judgeNone('packets that arrived more than once', all.duplicated),
          judgeNone('packets that came to another end than was called', all.misdirected),
          judgeShare(
            'packets that arrived after a later one of their flow',
            { count: all.reordered, of: all.received },
            allows.reordered,
            path.isFinal,
            floorFloods && shareOf(floorFloods.reordered, floorFloods.received),
          ),
        ]),
  ]
}

/** The counts of all trials of these kinds together. */
function totalOf(delivery: readonly Delivery[], kinds: readonly [Kind, ...Kind[]]): Delivery {
  return delivery.filter(({ kind }) => kinds.includes(kind)).reduce(addDelivery, noDelivery(kinds[0]))
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
