/** Ways of several paths as the rows of a table: a station a row, a path a column. Pure. */
import type { TracedPath, TraceStation } from '../record/trace.ts'
import { align } from './align.ts'

export type Direction = 'there' | 'back'

export interface StationRow {
  readonly station: string
  readonly namespace: string
  readonly device: string | undefined
  /** In the order of the paths; undefined where a path skips it. */
  readonly of: readonly (TraceStation | undefined)[]
}

export function stationRows(paths: readonly TracedPath[], direction: Direction): StationRow[] {
  const ways = paths.map((path) => path[direction]?.stations ?? [])
  return align(ways.map((way) => way.map(({ key }) => key))).flatMap(({ key, has }) => {
    const of = ways.map((way, index) =>
      has[index] === true ? way.find((one) => one.key === key) : undefined,
    )
    const some = of.find((station) => station !== undefined)
    if (some === undefined) return []
    return [{ station: some.station, namespace: some.namespace, device: some.device, of }]
  })
}
