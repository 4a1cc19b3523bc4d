/** Where ways cross a segment from one host to the next. */
import { lanesFor } from './lanes.ts'
import type { Segment } from './segments.ts'
import { deviceKey } from './stations.ts'
import type { Passage } from './tracks.ts'
import type { Direction, Stay, Way } from './ways.ts'

/** From one host to the next; at the servers' end, from or to all that are alike. */
export interface Crossing {
  readonly direction: Direction
  readonly from: readonly Stay[]
  readonly to: readonly Stay[]
  /** Its segment's place, and its lane there. */
  readonly segment: number
  readonly lane: number
}

/** Where a way enters or leaves a device, from left to right. */
export type XOf = (device: string | undefined, passage: Passage) => number

const unrouted = ({ direction, stays, likewise }: Way, segments: readonly Segment[]): Crossing[] =>
  stays.slice(1).map((to, index) => {
    const from = stays[index] ?? to
    const isOnBoth = ({ devices }: Segment): boolean =>
      [from.exit, to.entry].every((key) => devices.some((device) => deviceKey(device) === key))
    return {
      direction,
      from: direction === 'reply' && index === 0 ? [from, ...likewise] : [from],
      to: direction === 'request' && index === stays.length - 2 ? [to, ...likewise] : [to],
      segment: segments.findIndex(isOnBoth),
      lane: 0,
    }
  })

const endsOf = ({ direction, from, to }: Crossing, xOf: XOf): number[] => [
  ...from.map(({ exit }) => xOf(exit, `${direction}-out`)),
  ...to.map(({ entry }) => xOf(entry, `${direction}-in`)),
]

export interface Crossings {
  /** By way, in its order. */
  readonly byWay: readonly (readonly Crossing[])[]
  /** By segment. */
  readonly laneCounts: readonly number[]
}

/** The crossings of some ways, those that would overlap on a segment in lanes of their own. */
export const crossingsOf = (ways: readonly Way[], segments: readonly Segment[], xOf: XOf): Crossings => {
  const byWay = ways.map((way) => unrouted(way, segments))
  const laneOf = new Map<Crossing, number>()
  const laneCounts = segments.map((_, place) => {
    const own = byWay.flat().filter(({ segment }) => segment === place)
    const { lanes, count } = lanesFor(
      own.map((crossing) => {
        const ends = endsOf(crossing, xOf)
        return [Math.min(...ends), Math.max(...ends)]
      }),
    )
    for (const [index, crossing] of own.entries()) laneOf.set(crossing, lanes[index] ?? 0)
    return count
  })
  return {
    byWay: byWay.map((crossings) =>
      crossings.map((crossing) => ({ ...crossing, lane: laneOf.get(crossing) ?? 0 })),
    ),
    laneCounts,
  }
}
