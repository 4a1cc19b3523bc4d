/** The way that most packets took, and the time between its stations. Pure. */
import { numericSort, quantileSorted } from 'simple-statistics'
import { type Sighting, stationKey, type TracedPacket } from './packets.ts'

export interface Quartiles {
  readonly q1: number
  readonly median: number
  readonly q3: number
}

/** A station of a way, and the time since the one before, ns; none for the first. */
export interface WayStation {
  readonly key: string
  readonly station: string
  readonly namespace: string
  readonly device: string | undefined
  readonly sinceLastNs: Quartiles | undefined
}

export interface Way {
  readonly stations: readonly WayStation[]
  /** From the first station to the last, ns. */
  readonly totalNs: Quartiles
  /** Packets that took it, and those that took another: not all of their stations were seen, or others as well. */
  readonly packets: number
  readonly otherwise: number
}

/** The way of packets that go in one direction; undefined where there are none. */
export function wayOf(packets: readonly TracedPacket[]): Way | undefined {
  const bySignature = Map.groupBy(packets, ({ sightings }) => sightings.map(stationKey).join('\n'))
  const [usual] = [...bySignature.values()].toSorted((a, b) => b.length - a.length)
  const like = usual?.[0]
  if (usual === undefined || like === undefined) return undefined
  return {
    stations: like.sightings.map((sighting, index) => ({
      key: stationKey(sighting),
      station: sighting.station,
      namespace: sighting.namespace,
      device: sighting.device,
      sinceLastNs:
        index === 0
          ? undefined
          : quartilesOf(usual.map(({ sightings }) => between(sightings[index - 1], sightings[index]))),
    })),
    totalNs: quartilesOf(usual.map(({ sightings }) => between(sightings[0], sightings.at(-1)))),
    packets: usual.length,
    otherwise: packets.length - usual.length,
  }
}

const between = (one: Sighting | undefined, other: Sighting | undefined): number =>
  (other?.ns ?? 0) - (one?.ns ?? 0)

function quartilesOf(values: readonly number[]): Quartiles {
  const sorted = numericSort([...values])
  const [q1 = 0, median = 0, q3 = 0] = [0.25, 0.5, 0.75].map((share) => quantileSorted(sorted, share))
  return { q1, median, q3 }
}
