/** Why a path does not deliver: its counters hop by hop, where the count falls, and what is likely to blame. Pure. */
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { Counters } from '../parts/proofs/proof.ts'
import { forwardedBy } from './counters.ts'
import { explain, type Loss } from './diagnosis-causes.ts'
import { guess, silentXdpPeer } from './diagnosis-guesses.ts'
import { type Hop, hopsOf } from './path-hops.ts'

/** What both ends counted of the packets that were tried. */
export interface ProbeCounts {
  /** The client's namespace. */
  readonly client: string
  /** Requests. */
  readonly sent: number
  /** Requests that came to a server. */
  readonly received: number
  /** Requests of those that a server got that it answers: a flood's have no answer. All where left out. */
  readonly answersDue?: number
  /** Answers that came to the client. */
  readonly answered: number
  /** The same by size, where several were tried. */
  readonly sizes?: readonly {
    readonly payloadBytes: number
    readonly sent: number
    readonly answered: number
  }[]
}

/**
 * Lines that tell where the packets of a path got lost, by counters from before and after they were sent.
 *
 * @param counters what was counted meanwhile, by namespace; drivers' counters too where they are to be told
 */
export function diagnose(
  path: ScenarioPath,
  counters: ReadonlyMap<string, Counters>,
  probe: ProbeCounts,
): string[] {
  const servers = [...new Set(path.servers.map(({ namespace }) => namespace))]
  const isLostOnTheWayThere = probe.received < probe.sent
  const ways = servers.map((server): Way => {
    const hops = (direction: 'request' | 'reply') => hopsOf(path, probe.client, server, direction)
    // What is sent is dealt out evenly.
    const share = (count: number) => count / servers.length
    return isLostOnTheWayThere
      ? { name: 'requests', hops: hops('request'), sent: share(probe.sent), came: probe.received }
      : {
          name: 'answers',
          hops: hops('reply'),
          sent: share(probe.answersDue ?? probe.received),
          came: probe.answered,
        }
  })
  const followed = ways.map((way) => follow(path, way, counters))
  // A server whose way is whole explains nothing where another's is not.
  const broken = followed.filter(({ isBroken }) => isBroken)
  const told = broken.length > 0 ? broken : followed
  return [...new Set([...sizeLines(probe), ...told.flatMap(({ lines }) => lines)])]
}

/** Packets that go one way, in one direction. */
interface Way {
  readonly name: 'requests' | 'answers'
  readonly hops: readonly Hop[]
  readonly sent: number
  /** That arrived in a socket. */
  readonly came: number
}

interface Stop {
  readonly words: string
  readonly count: number
  /** Whether it is at the device by which packets come in. */
  readonly isArrival?: boolean
  /** Whether it is told only. */
  readonly isTold?: boolean
}

interface Followed {
  readonly isBroken: boolean
  readonly lines: readonly string[]
}

/** The stops of a way up to the one where packets are missing, why, and a hint. */
function follow(
  path: ScenarioPath,
  { name, hops, sent, came }: Way,
  counters: ReadonlyMap<string, Counters>,
): Followed {
  const stops: Stop[] = [{ words: `${hops[0]?.namespace}: sockets sent`, count: Math.round(sent) }]
  // Frames that are no packets of the probe (ARP) add to a count: never is there more than before.
  let left = sent
  for (const hop of hops) {
    const own = counters.get(hop.namespace) ?? new Map<string, number>()
    for (const stop of stopsOf(hop, own, came)) {
      const before = left
      stops.push(stop)
      if (stop.isTold === true) continue
      left = Math.min(left, stop.count)
      if (isLess(left, before))
        return {
          isBroken: true,
          lines: report(path, {
            ...{ name, stops, hop, before, left, own, counters },
            isBefore: stop.isArrival === true,
          }),
        }
    }
  }
  return { isBroken: false, lines: [`${name}: ${listOf(stops)}; the devices' counters miss nothing`] }
}

/** Where packets are counted in a namespace, in order. */
function stopsOf({ namespace, arrival, departure }: Hop, own: Counters, came: number): Stop[] {
  const count = (name: string) => own.get(name) ?? 0
  const forwarded = forwardedBy(own)
  return [
    ...(arrival === undefined
      ? []
      : [
          {
            words: `${namespace}/${arrival} received`,
            count: count(`${arrival}.rxPackets`),
            isArrival: true,
          },
        ]),
    // Both directions in one, and none of what a program redirects: told, and nothing follows from it.
    ...(arrival === undefined || departure === undefined
      ? []
      : [{ words: `${namespace} forwarded`, count: forwarded, isTold: true }]),
    departure === undefined
      ? { words: `${namespace}: sockets received`, count: came }
      : { words: `${namespace}/${departure} sent`, count: count(`${departure}.txPackets`) },
  ]
}

/** Where packets got lost. */
interface Found {
  readonly name: string
  readonly stops: readonly Stop[]
  readonly hop: Hop
  readonly before: number
  readonly left: number
  readonly own: Counters
  /** By namespace. */
  readonly counters: ReadonlyMap<string, Counters>
  /** Whether on the link before the namespace. */
  readonly isBefore: boolean
}

/** A count that is less by a packet of several servers' shares is none the less whole. */
const isLess = (count: number, before: number): boolean => count < Math.floor(before)

const listOf = (stops: readonly Stop[]): string =>
  stops.map(({ words, count }) => `${words} ${count}`).join(', ')

function report(path: ScenarioPath, found: Found): string[] {
  const { name, stops, hop, before, left, own, isBefore } = found
  const loss: Loss = {
    namespace: hop.namespace,
    arrival: hop.arrival,
    departure: isBefore ? undefined : hop.departure,
    counters: own,
  }
  const explanations = explain(loss)
  const where = isBefore ? `on the way to ${hop.namespace}/${hop.arrival}` : `in ${hop.namespace}`
  const counted = explanations.map(({ counter, count }) => `${hop.namespace}/${counter} +${count}`)
  const why = counted.length === 0 ? 'no counter of the kernel tells of them' : counted.join(', ')
  const hints = explanations.flatMap(({ hint }) => hint ?? [])
  const lost = Math.round(before - left)
  return [
    `${name}: ${listOf(stops)}`,
    `${lost} of ${Math.round(before)} got lost ${where}: ${why}`,
    ...likely(path, { loss, hints, lost, counters: found.counters }).map((hint) => `likely: ${hint}`),
  ]
}

/** Lost packets, and what counters make of them. */
interface Explained extends Pick<Found, 'counters'> {
  readonly loss: Loss
  readonly hints: readonly string[]
  readonly lost: number
}

/** What counters do not tell of native XDP comes before what they tell, and guesses only where they tell nothing. */
function likely(path: ScenarioPath, { loss, hints, lost, counters }: Explained): readonly string[] {
  const native = silentXdpPeer(path, loss)
  if (native.length > 0) return native
  return hints.length > 0 ? hints : guess(path, loss, lost, counters)
}

/** That small packets pass and full-sized ones do not. */
function sizeLines({ sizes = [] }: ProbeCounts): string[] {
  const passing = sizes.filter(({ sent, answered }) => sent > 0 && answered === sent)
  const lost = sizes.filter(({ sent, answered }) => sent > 0 && answered === 0)
  const longest = Math.max(...passing.map(({ payloadBytes }) => payloadBytes))
  const shortest = Math.min(...lost.map(({ payloadBytes }) => payloadBytes))
  if (passing.length === 0 || lost.length === 0 || longest > shortest) return []
  return [
    `packets of ${longest} bytes pass, and none of ${shortest} does: likely the MTU, to which headers that a program or a tunnel adds count too`,
  ]
}
