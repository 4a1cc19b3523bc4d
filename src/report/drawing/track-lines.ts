/** Ways as lines along their tracks and lanes. */
import type { Crossing, XOf } from './crossings.ts'
import { betweenRowAndSegment, type StackedRows } from './stack-rows.ts'
import { deviceBoxes, stepBox } from './find-box.ts'
import type { PlacedStation } from './place-station.ts'
import { deviceUnderTestOf } from './shapes.ts'
import type { Arrow, WayLine } from './way-line.ts'
import type { Direction, Stay, Way } from './ways.ts'

export interface TrackLine extends WayLine {
  readonly direction: Direction
  /** Whether it only shows that the way to another server is alike. */
  readonly isLikewise: boolean
}

/** What lines need to know of a drawing. */
export interface Ground {
  readonly stacked: StackedRows
  readonly xOf: XOf
}

const stationOf = (stay: Stay, { stacked }: Ground): PlacedStation | undefined =>
  stacked.stations.find(({ namespace }) => namespace === stay.namespace)

/**
 * Where a way begins or turns on a host: in the first that it goes through there, or in the last, or half-way
 * between its devices.
 */
const turnY = (stay: Stay, ground: Ground): number => {
  const station = stationOf(stay, ground)
  const step = stay.inner.at(stay.entry === undefined ? 0 : -1)
  const box = station && step && stepBox(step, station)
  if (box) return deviceUnderTestOf(box).y
  const ends = deviceBoxes(ground.stacked.stations, [stay.entry, stay.exit]).map(
    (each) => deviceUnderTestOf(each).y,
  )
  return ends.reduce((sum, y) => sum + y, 0) / Math.max(1, ends.length)
}

const laneYOf = ({ segment, lane }: Crossing, { stacked }: Ground): number => stacked.laneY(segment, lane)

const arrowInto = (stay: Stay, { direction, segment }: Crossing, ground: Ground): Arrow[] => {
  const [device] = deviceBoxes(ground.stacked.stations, [stay.entry])
  const box = ground.stacked.segmentBoxes[segment]
  if (!device || !box) return []
  const isDown = device.y > box.y
  const segmentEdge = isDown ? box.y + box.height : box.y
  const y = segmentEdge + (isDown ? 1 : -1) * (betweenRowAndSegment / 2)
  return [{ x: ground.xOf(stay.entry, `${direction}-in`), y, isDown }]
}

const mainLine = ({ direction, stays }: Way, crossings: readonly Crossing[], ground: Ground): TrackLine => {
  const { xOf } = ground
  const pieces = stays.map((stay, index) => {
    const crossing = crossings[index]
    const y = turnY(stay, ground)
    const out = xOf(stay.exit, `${direction}-out`)
    const turn = index === 0 ? `M${out} ${y}` : stay.exit === undefined ? `V${y}` : `V${y}H${out}`
    const next = stays[index + 1]
    return crossing && next
      ? `${turn}V${laneYOf(crossing, ground)}H${xOf(next.entry, `${direction}-in`)}`
      : turn
  })
  const arrows = crossings.flatMap((crossing) =>
    crossing.to.slice(0, 1).flatMap((stay) => arrowInto(stay, crossing, ground)),
  )
  return { direction, isLikewise: false, line: pieces.join(''), arrows }
}

/** From where the way parts to the other server, or from there to where it joins. */
const likewiseLines = (crossing: Crossing, ground: Ground): TrackLine[] => {
  const { direction, from, to } = crossing
  const laneY = laneYOf(crossing, ground)
  const line = (d: string, arrows: readonly Arrow[]): TrackLine => ({
    direction,
    isLikewise: true,
    line: d,
    arrows,
  })
  const outX = (stay: Stay | undefined): number => ground.xOf(stay?.exit, `${direction}-out`)
  const inX = (stay: Stay | undefined): number => ground.xOf(stay?.entry, `${direction}-in`)
  return [
    ...from.slice(1).map((stay) => line(`M${outX(stay)} ${turnY(stay, ground)}V${laneY}H${inX(to[0])}`, [])),
    ...to
      .slice(1)
      .map((stay) =>
        line(
          `M${outX(from[0])} ${laneY}H${inX(stay)}V${turnY(stay, ground)}`,
          arrowInto(stay, crossing, ground),
        ),
      ),
  ]
}

/**
 * Lines of all ways; those that are alike first, so that the others lie above them. A way that goes between
 * hosts which are on no common segment cannot be drawn.
 */
export const trackLines = (
  ways: readonly Way[],
  byWay: readonly (readonly Crossing[])[],
  ground: Ground,
): TrackLine[] => {
  const drawn = ways
    .map((way, index) => ({ way, crossings: byWay[index] ?? [] }))
    .filter(({ crossings }) => crossings.every(({ segment }) => segment >= 0))
  return [
    ...drawn.flatMap(({ crossings }) => crossings.flatMap((crossing) => likewiseLines(crossing, ground))),
    ...drawn.map(({ way, crossings }) => mainLine(way, crossings, ground)),
  ]
}
