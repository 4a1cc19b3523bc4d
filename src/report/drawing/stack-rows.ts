/** Piles rows of hosts and the segments between them up, from the client down. */
import type { Arrangement } from './arrangement.ts'
import { movedStation, placeStation, stationWidth, type PlacedStation } from './place-station.ts'
import type { Segment } from './segments.ts'
import type { Box } from './shapes.ts'
import type { Station } from './stations.ts'

const hostWidth = 156
const nameWidth = 70
const betweenHosts = 14
export const betweenRowAndSegment = 22
const labelHeight = 18
const laneHeight = 11

/** A host between two segments has its name beside the ways, which would run over it. */
const widthOf = (station: Station): number => {
  const width = Math.max(hostWidth, stationWidth(station))
  return station.upper.length > 0 && station.lower.length > 0 ? width + 2 * nameWidth : width
}

const rowWidth = (row: readonly Station[]): number =>
  row.reduce((sum, station) => sum + widthOf(station), betweenHosts * Math.max(0, row.length - 1))

/** Rows of hosts, evenly spaced as wide as the widest row, each with its upper edge at 0. */
export const placeRows = (
  rows: readonly (readonly Station[])[],
  arrangement: Arrangement,
): { placed: readonly (readonly PlacedStation[])[]; width: number } => {
  const width = Math.max(...rows.map(rowWidth))
  const placed = rows.map((row) => {
    const spare = (width - rowWidth(row)) / Math.max(1, row.length)
    let left = spare / 2
    return row.map((station) => {
      const own = widthOf(station)
      const moved = movedStation(placeStation(station, 0, own, arrangement), left, 0)
      left += own + betweenHosts + spare
      return moved
    })
  })
  return { placed, width }
}

export interface StackedRows {
  readonly stations: readonly PlacedStation[]
  /** The box of each segment, and the height of the lanes in it. */
  readonly segmentBoxes: readonly Box[]
  readonly laneY: (segment: number, lane: number) => number
  readonly height: number
}

/** Hosts of the first row stand on their segment, all others hang below theirs. */
export const stackRows = (
  rows: readonly (readonly PlacedStation[])[],
  segments: readonly Segment[],
  laneCounts: readonly number[],
  width: number,
): StackedRows => {
  const stations: PlacedStation[] = []
  const segmentBoxes: Box[] = []
  let y = 0
  for (const [place, row] of rows.entries()) {
    const rowHeight = Math.max(0, ...row.map(({ box }) => box.height))
    for (const station of row)
      stations.push(movedStation(station, 0, place === 0 ? y + rowHeight - station.box.height : y))
    y += rowHeight
    const segment = segments[place]
    if (!segment) break
    y += betweenRowAndSegment
    const lanesHeight = (laneCounts[place] ?? 0) * laneHeight
    const height = lanesHeight + (segment.name === '' ? 0 : labelHeight + 4)
    segmentBoxes.push({ x: 0, y, width, height })
    y += height + betweenRowAndSegment
  }
  const laneY = (segment: number, lane: number): number =>
    (segmentBoxes[segment]?.y ?? 0) +
    (segments[segment]?.name === '' ? 0 : labelHeight) +
    (lane + 0.5) * laneHeight
  return { stations, segmentBoxes, laneY, height: y }
}
