/** The way that most packets took, and the time between its stations. Pure. */
import { numericSort, quantileSorted } from 'simple-statistics'
import { isCall, isProgramStation } from './stations.ts'
import { type Sighting, stationKey, type TracedPacket } from './packets.ts'

export interface Quartiles {
  readonly q1: number
  readonly median: number
  readonly q3: number
}

/** A station of a way, and the time since the one before had its probe behind it, ns; none for the first. */
export interface WayStation {
  readonly key: string
  readonly station: string
  readonly namespace: string
  readonly device: string | undefined
  readonly sinceLastNs: Quartiles | undefined
  /** What a program returned, to how many of the packets if not to all alike. */
  readonly verdict: string | undefined
}

export interface Way {
  readonly stations: readonly WayStation[]
  /** The sum of those times, and of what probes took by their own clock: quartiles over packets, ns. */
  readonly betweenNs: Quartiles
  readonly inProbesNs: Quartiles
  /** The latter of the probes of system calls alone. */
  readonly inCallsNs: Quartiles
  /** Packets that took it, and packets that took another. */
  readonly packets: number
  readonly otherwise: number
  /** Of all of these: at the stations of a way that others took, too. Where there are several servers, there are several ways. */
  readonly whole: number
}

/** What fewer packets meet is no station of a way, and a way that fewer take is none: something was not seen. */
const rareShare = 0.05

/** The way that most packets of one direction took; undefined where there are none. */
export function wayOf(packets: readonly TracedPacket[]): Way | undefined {
  const ways = waysOf(packets)
  const walked = ways[0] ?? []
  const [first] = walked
  if (first === undefined) return undefined
  const times = walked.map((sightings) =>
    sightings.map((sighting, index) => since(sightings[index - 1], sighting)),
  )
  const inProbes = (of: (sighting: Sighting) => boolean) =>
    quartilesOf(walked.map((sightings) => sum(sightings.filter(of).map(({ ns, endNs }) => endNs - ns))))
  return {
    stations: first.map((sighting, index) => ({
      key: stationKey(sighting),
      station: sighting.station,
      namespace: sighting.namespace,
      device: sighting.device,
      sinceLastNs: index === 0 ? undefined : quartilesOf(times.map((ofPacket) => ofPacket[index] ?? 0)),
      verdict: verdictsOf(walked.flatMap((sightings) => verdictAt(sightings[index]))),
    })),
    betweenNs: quartilesOf(times.map(sum)),
    inProbesNs: inProbes(() => true),
    inCallsNs: inProbes(isCall),
    packets: walked.length,
    otherwise: packets.length - walked.length,
    whole: wholeOf(ways, rareShare * packets.length),
  }
}

/**
 * What a packet meets or not by how the receiver's thread fares at that moment: in the middle of a call the socket keeps
 * packets for it (sk_add_backlog()), and no one is woken up who is awake.
 */
const byReceiver: readonly string[] = ['sk_data_ready', 'sched_waking']

/** How many packets were at the stations of a way that others took, too, but for those. On several CPUs order may vary. */
function wholeOf(ways: readonly (readonly Sighting[])[][], usual: number): number {
  const passed = (way: readonly (readonly Sighting[])[]): string =>
    (way[0] ?? [])
      .filter(({ station }) => !byReceiver.includes(station))
      .map(stationKey)
      .toSorted()
      .join('\n')
  const counts = Map.groupBy(ways, passed)
  const known = [...counts.values()].filter((same) => same.some(({ length }) => length >= usual))
  return sum(known.flat().map(({ length }) => length))
}

/** Packets by the stations that they passed, those that most passed first. A rare one is part of the time to the next. */
function waysOf(packets: readonly TracedPacket[]): (readonly Sighting[])[][] {
  const counts = new Map<string, number>()
  for (const { sightings } of packets)
    for (const key of sightings.map(stationKey)) counts.set(key, (counts.get(key) ?? 0) + 1)
  const isUsual = (sighting: Sighting): boolean =>
    (counts.get(stationKey(sighting)) ?? 0) >= rareShare * packets.length
  const walked = packets.map(({ sightings }) => sightings.filter(isUsual))
  const alike = Map.groupBy(walked, (sightings) => sightings.map(stationKey).join('\n'))
  return [...alike.values()].toSorted((a, b) => b.length - a.length)
}

/** At its own station a program need not be named. */
function verdictAt(sighting: Sighting | undefined): string[] {
  if (sighting?.verdict === undefined) return []
  const { program, words } = sighting.verdict
  return [isProgramStation(sighting.station) ? words : `${program}: ${words}`]
}

/** The most frequent first. */
function verdictsOf(words: readonly string[]): string | undefined {
  const alike = [...Map.groupBy(words, (word) => word)].toSorted(([, a], [, b]) => b.length - a.length)
  const [only] = alike
  if (only === undefined) return undefined
  return alike.length === 1 ? only[0] : alike.map(([word, same]) => `${word} (${same.length})`).join(', ')
}

const since = (last: Sighting | undefined, { ns }: Sighting): number =>
  last === undefined ? 0 : ns - last.endNs

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

function quartilesOf(values: readonly number[]): Quartiles {
  const sorted = numericSort([...values])
  const [q1 = 0, median = 0, q3 = 0] = [0.25, 0.5, 0.75].map((share) => quantileSorted(sorted, share))
  return { q1, median, q3 }
}
