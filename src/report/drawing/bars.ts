/** Segments as bars that hosts hang from, and the wires to them. */
import type { Crossing, XOf } from './crossings.ts'
import type { StackedRows } from './stack-rows.ts'
import { deviceBox } from './find-box.ts'
import type { Segment } from './segments.ts'
import { deviceUnderTestOf, type Box, type Point } from './shapes.ts'

export interface Bar {
  readonly name: string
  readonly box: Box
  /** Where no line crosses. */
  readonly label: Point
  readonly labelWidth: number
}

const labelBaseline = 14

/** The edge of a device that looks to a segment. */
const edgeTowards = (device: Box, segment: Box): number =>
  device.y < segment.y ? device.y + device.height : device.y

const boxesOn = ({ devices }: Segment, { stations }: StackedRows): Box[] =>
  devices.flatMap((device) => deviceBox(stations, device) ?? [])

/** The widest gap between `xs`. */
const widestGap = (xs: readonly number[], width: number): { middle: number; gap: number } => {
  const ends = [0, ...xs.toSorted((one, other) => one - other), width]
  const gaps = ends.slice(1).map((end, index) => {
    const from = ends[index] ?? 0
    return { middle: (from + end) / 2, gap: end - from }
  })
  return gaps.reduce((one, other) => (other.gap > one.gap ? other : one))
}

/** What comes to a segment from above: wires, and the ways beside them. */
const xsAbove = (
  place: number,
  segment: Segment,
  stacked: StackedRows,
  crossings: readonly Crossing[],
  xOf: XOf,
): number[] => {
  const box = stacked.segmentBoxes[place]
  if (!box) return []
  const wires = boxesOn(segment, stacked).filter((device) => device.y < box.y)
  const reach = crossings
    .filter((crossing) => crossing.segment === place)
    .flatMap(({ direction, from, to }) => [
      ...from.map(({ exit }) => xOf(exit, `${direction}-out`)),
      ...to.map(({ entry }) => xOf(entry, `${direction}-in`)),
    ])
    .filter((x) => wires.some((wire) => wire.x <= x && x <= wire.x + wire.width))
  return [...wires.map((wire) => deviceUnderTestOf(wire).x), ...reach]
}

/** A bar for each bridge. */
export const barsOf = (
  segments: readonly Segment[],
  stacked: StackedRows,
  crossings: readonly Crossing[],
  xOf: XOf,
): Bar[] =>
  segments.flatMap((segment, place) => {
    const box = stacked.segmentBoxes[place]
    if (!box || segment.name === '') return []
    const { middle, gap } = widestGap(xsAbove(place, segment, stacked, crossings, xOf), box.width)
    return [{ name: segment.name, box, label: { x: middle, y: box.y + labelBaseline }, labelWidth: gap - 12 }]
  })

/** From each device to its bar, or to the device at the other end of its link. */
export const wiresOf = (segments: readonly Segment[], stacked: StackedRows): string[] =>
  segments.flatMap((segment, place) => {
    const box = stacked.segmentBoxes[place]
    if (!box) return []
    const ends = boxesOn(segment, stacked).map((device) => ({
      x: deviceUnderTestOf(device).x,
      y: edgeTowards(device, box),
    }))
    if (segment.name !== '')
      return ends.map(({ x, y }) => `M${x} ${y}V${y < box.y ? box.y : box.y + box.height}`)
    const [one, other] = ends
    return one && other ? [`M${one.x} ${one.y}V${box.y + box.height / 2}H${other.x}V${other.y}`] : []
  })
