/** Why a path does not deliver: its counters hop by hop, where the count falls, and what is likely to blame. Pure. */
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { Counters } from './counters.ts'
import { explain, type Loss } from './diagnosis-causes.ts'
import { guess } from './diagnosis-guesses.ts'
import { type Hop, hopsOf } from './path-hops.ts'

/** What both ends counted of the packets that were tried. */
export interface ProbeCounts {
  /** The client's namespace. */
  readonly client: string
  /** Requests. */
  readonly sent: number
  /** Requests that came to a server. */
  readonly received: number
  /** Requests whose answer came to the client. */
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
  const lines = [...sizeLines(probe)]
  const servers = [...new Set(path.servers.map(({ namespace }) => namespace))]
  // Requests of several servers have several ways; one that is whole explains nothing.
  for (const server of servers) {
    const share = probe.sent / servers.length
    const ways = [
      {
        name: 'requests',
        hops: hopsOf(path, probe.client, server, 'request'),
        sent: share,
        came: probe.received,
      },
      {
        name: 'answers',
        hops: hopsOf(path, probe.client, server, 'reply'),
        sent: probe.received,
        came: probe.answered,
      },
    ] as const
    const [requests, answers] = ways
    const isLostOnTheWayThere = probe.received < probe.sent
    const way = isLostOnTheWayThere ? requests : answers
    const found = follow(path, way, counters, probe)
    lines.push(...found)
  }
  return [...new Set(lines)]
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
}

/** The stops of a way up to the one where packets are missing, why, and a hint. */
function follow(
  path: ScenarioPath,
  { name, hops, sent, came }: Way,
  counters: ReadonlyMap<string, Counters>,
  probe: ProbeCounts,
): string[] {
  const stops: Stop[] = []
  // Frames that are no packets of the probe (ARP) add to a count: never is there more than before.
  let left = sent
  for (const hop of hops) {
    const own = counters.get(hop.namespace) ?? new Map<string, number>()
    const before = left
    if (hop.arrival !== undefined) {
      const count = own.get(`${hop.arrival}.rxPackets`) ?? 0
      stops.push({ words: `${hop.namespace}/${hop.arrival} received`, count })
      left = Math.min(left, count)
      if (isLess(left, before))
        return report(path, { name, stops, hop, before, left, own, isBefore: true, probe })
    }
    const forwarded = (own.get('Ip.ForwDatagrams') ?? 0) + (own.get('Ip6.OutForwDatagrams') ?? 0)
    if (hop.arrival !== undefined && hop.departure !== undefined)
      stops.push({ words: `${hop.namespace} forwarded`, count: forwarded })
    const last =
      hop.departure === undefined
        ? { words: `${hop.namespace}: sockets received`, count: came }
        : {
            words: `${hop.namespace}/${hop.departure} sent`,
            count: own.get(`${hop.departure}.txPackets`) ?? 0,
          }
    stops.push(last)
    const entered = left
    left = Math.min(left, last.count)
    if (isLess(left, entered))
      return report(path, { name, stops, hop, before: entered, left, own, isBefore: false, probe })
  }
  return [`${name}: ${listOf(stops)}; nothing is missing by the devices' counters`]
}

/** Where packets got lost. */
interface Found {
  readonly name: string
  readonly stops: readonly Stop[]
  readonly hop: Hop
  readonly before: number
  readonly left: number
  readonly own: Counters
  /** Whether on the link before the namespace. */
  readonly isBefore: boolean
  readonly probe: ProbeCounts
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
  return [
    `${name}: ${listOf(stops)}`,
    `${Math.round(before - left)} of ${Math.round(before)} got lost ${where}: ${why}`,
    ...[...hints, ...guess(path, { ...loss, lost: before - left, isExplained: hints.length > 0 })].map(
      (hint) => `likely: ${hint}`,
    ),
  ]
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
