/** The packet's way as one line through a drawing. */
import type { WayStep } from '../../record/record.ts'
import { stepBox } from './find-box.ts'
import type { PlacedStation } from './place-station.ts'
import { bottomOf, detour, deviceUnderTestOf, topOf, verticalCurve, type Box, type Point } from './shapes.ts'

/** Where lines run beside the namespaces, and how far they stand off a box. */
export interface Lanes {
  readonly outerX: number
  readonly reach: number
}

const stackBypassX = 0.74

/** The line of a link, from its current point at `from`'s edge to `to`'s edge. */
export const linkLine = (from: Box, to: Box, isAdjacent: boolean, lanes: Lanes): string => {
  const [start, end] = from.y < to.y ? [bottomOf(from), topOf(to)] : [topOf(from), bottomOf(to)]
  if (from.y === to.y) return detour(bottomOf(from), bottomOf(to), (from.x + to.x) / 2, lanes.reach / 2)
  return isAdjacent ? verticalCurve(start, end) : detour(start, end, lanes.outerX, lanes.reach)
}

/** Within a namespace: straight on, or round the stack where it stands between and is not passed. */
const innerLine = (from: Point, to: Point, { stack, passesStack, box }: PlacedStation): string => {
  const centre = deviceUnderTestOf(stack)
  const isBetween = Math.min(from.y, to.y) < centre.y && centre.y < Math.max(from.y, to.y)
  if (passesStack || !isBetween) return verticalCurve(from, to)
  const aside = { x: box.width * stackBypassX, y: centre.y }
  return `${verticalCurve(from, aside)}${verticalCurve(aside, to)}`
}

export interface Arrow extends Point {
  readonly isDown: boolean
}

export interface WayLine {
  readonly line: string
  /** Where the way goes from one namespace to another. */
  readonly arrows: readonly Arrow[]
}

const arrowBetween = (from: Box, to: Box, isAdjacent: boolean, lanes: Lanes): Arrow => {
  const isDown = from.y < to.y
  const [start, end] = isDown ? [bottomOf(from), topOf(to)] : [topOf(from), bottomOf(to)]
  return { x: isAdjacent ? (start.x + end.x) / 2 : lanes.outerX, y: (start.y + end.y) / 2, isDown }
}

/** One line through every step that is drawn; undefined for a way of fewer than two. */
export const wayLine = (
  way: readonly WayStep[],
  stations: readonly PlacedStation[],
  lanes: Lanes,
): WayLine | undefined => {
  const stops = way.flatMap((step) => {
    const index = stations.findIndex(({ namespace }) => namespace === step.namespace)
    const station = stations[index]
    const box = station && stepBox(step, station)
    return station && box ? [{ index, station, box }] : []
  })
  const [first] = stops
  if (!first || stops.length < 2) return undefined
  const start = deviceUnderTestOf(first.box)
  const arrows: Arrow[] = []
  const pieces = stops.slice(1).map((stop, place) => {
    const before = stops[place] ?? first
    const to = deviceUnderTestOf(stop.box)
    if (before.index === stop.index) return innerLine(deviceUnderTestOf(before.box), to, stop.station)
    const leave = before.box.y < stop.box.y ? bottomOf(before.box) : topOf(before.box)
    const isAdjacent = Math.abs(before.index - stop.index) === 1
    arrows.push(arrowBetween(before.box, stop.box, isAdjacent, lanes))
    return `V${leave.y}${linkLine(before.box, stop.box, isAdjacent, lanes)}V${to.y}`
  })
  return { line: `M${start.x} ${start.y}${pieces.join('')}`, arrows }
}
