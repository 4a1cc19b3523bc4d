/** The way that most packets took, and the time between its stations. Pure. */
import { numericSort, quantileSorted } from 'simple-statistics'
import { isCall } from './stations.ts'
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
}

export interface Way {
  readonly stations: readonly WayStation[]
  /** The sum of those times, and of what probes took by their own clock: quartiles over packets, ns. */
  readonly betweenNs: Quartiles
  readonly inProbesNs: Quartiles
  /** The latter of the probes of system calls alone. */
  readonly inCallsNs: Quartiles
  /** Packets that were seen at all of these stations, in this order, and those that were not. */
  readonly packets: number
  readonly otherwise: number
}

/** The way of packets that go in one direction; undefined where there are none. */
export function wayOf(packets: readonly TracedPacket[]): Way | undefined {
  const usual = usualWay(packets)
  if (usual.length === 0) return undefined
  const keys = usual.map(stationKey)
  const isUsual = new Set(keys)
  // What only some packets meet, such as a wake-up, is part of the time up to the next station.
  const walked = packets
    .map(({ sightings }) => sightings.filter((sighting) => isUsual.has(stationKey(sighting))))
    .filter((sightings) => sightings.map(stationKey).join('\n') === keys.join('\n'))
  const times = walked.map((sightings) =>
    sightings.map((sighting, index) => since(sightings[index - 1], sighting)),
  )
  const inProbes = (of: (sighting: Sighting) => boolean) =>
    quartilesOf(walked.map((sightings) => sum(sightings.filter(of).map(({ ns, endNs }) => endNs - ns))))
  return {
    stations: usual.map(({ station, namespace, device }, index) => ({
      ...{ key: keys[index] ?? '', station, namespace, device },
      sinceLastNs: index === 0 ? undefined : quartilesOf(times.map((ofPacket) => ofPacket[index] ?? 0)),
    })),
    betweenNs: quartilesOf(times.map(sum)),
    inProbesNs: inProbes(() => true),
    inCallsNs: inProbes(isCall),
    packets: walked.length,
    otherwise: packets.length - walked.length,
  }
}

/** The stations of the first packet of those that are most alike. */
function usualWay(packets: readonly TracedPacket[]): readonly Sighting[] {
  const alike = Map.groupBy(packets, ({ sightings }) => sightings.map(stationKey).join('\n'))
  const [most] = [...alike.values()].toSorted((a, b) => b.length - a.length)
  return most?.[0]?.sightings ?? []
}

const since = (last: Sighting | undefined, { ns }: Sighting): number =>
  last === undefined ? 0 : ns - last.endNs

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

function quartilesOf(values: readonly number[]): Quartiles {
  const sorted = numericSort([...values])
  const [q1 = 0, median = 0, q3 = 0] = [0.25, 0.5, 0.75].map((share) => quantileSorted(sorted, share))
  return { q1, median, q3 }
}
