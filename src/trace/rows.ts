/** Ways of several paths as the rows of a table: a station a row, a path a column. Pure. */
import { align } from './align.ts'
import type { TracedPath, TraceStation, TraceWay } from './trace.ts'

export type Direction = 'there' | 'back'

export interface StationRow {
  readonly station: string
  readonly namespace: string
  readonly device: string | undefined
  /** In the order of the paths; undefined where a path skips it. */
  readonly of: readonly (TraceStation | undefined)[]
}

export function stationRows(paths: readonly TracedPath[], direction: Direction): StationRow[] {
  const ways = paths.map((path) => path[direction])
  const keys = align(ways.map((way) => (way?.stations ?? []).map(({ key }) => key)))
  return keys.flatMap((key): StationRow[] => {
    const of = ways.map((way) => stationOf(way, key))
    const some = of.find((station) => station !== undefined)
    if (some === undefined) return []
    return [{ station: some.station, namespace: some.namespace, device: some.device, of }]
  })
}

const stationOf = (way: TraceWay | undefined, wanted: string): TraceStation | undefined =>
  way?.stations.find(({ key }) => key === wanted)
