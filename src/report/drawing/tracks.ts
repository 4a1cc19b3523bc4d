/**
 * Where ways run side by side through a host: replies on the left, requests on the right, and what only one
 * of them goes through leaves the other free.
 */
import { programKey, type Program, type Station } from './stations.ts'
import { partWidth, type Arrangement, type Span } from './arrangement.ts'
import type { Direction, Stay, Way } from './ways.ts'

/** From a device's middle to its outermost track. */
export const reach = 52
/** What is on a track ends this far beyond it; what leaves it free ends as far before it. */
const beyond = 20
const before = 10

/** How a way passes a device. */
export type Passage = `${Direction}-${'in' | 'out'}`

const turningOrder: readonly Passage[] = ['request-in', 'reply-out', 'reply-in', 'request-out']

export interface Tracks {
  /** How far from its device's middle a way enters or leaves. */
  readonly offset: (device: string, passage: Passage) => number
  readonly arrangement: Arrangement
}

const staysOf = ({ stays, likewise }: Way): readonly Stay[] => [...stays, ...likewise]

const turnsAround = ({ entry, exit }: Stay): boolean => entry !== undefined && entry === exit

const passagesAt = (device: string, ways: readonly Way[]): Set<Passage> =>
  new Set(
    ways.flatMap((way) =>
      staysOf(way).flatMap(({ entry, exit }): Passage[] => [
        ...(entry === device ? [`${way.direction}-in` as const] : []),
        ...(exit === device ? [`${way.direction}-out` as const] : []),
      ]),
    ),
  )

const offsetAmong = (place: number, count: number): number =>
  count < 2 ? 0 : -reach + (2 * reach * place) / (count - 1)

const offsetOf = (device: string, passage: Passage, ways: readonly Way[]): number => {
  const passages = passagesAt(device, ways)
  const isTurn =
    (passages.has('request-in') && passages.has('request-out')) ||
    (passages.has('reply-in') && passages.has('reply-out'))
  if (isTurn) {
    const order = turningOrder.filter((each) => passages.has(each))
    return offsetAmong(order.indexOf(passage), order.length)
  }
  if (ways.length < 2) return 0
  return passage.startsWith('reply') ? -reach : reach
}

type Side = 'full' | 'left' | 'right' | 'middle'

const spanAround = (centre: number, side: Side): Span => {
  const left = side === 'full' || side === 'left' ? reach + beyond : reach - before
  const right = side === 'full' || side === 'right' ? reach + beyond : reach - before
  return { x: centre - left, width: left + right }
}

/** Which side of a host something is on, from the ways that go through it. */
const sideOf = (namespace: string, directions: ReadonlySet<Direction>, ways: readonly Way[]): Side => {
  if (directions.size === 0) return 'middle'
  const isTurn = ways.some((way) =>
    staysOf(way).some((stay) => stay.namespace === namespace && turnsAround(stay)),
  )
  if (isTurn || ways.length < 2 || directions.size > 1) return 'full'
  return directions.has('request') ? 'right' : 'left'
}

const directionsThrough = (
  ways: readonly Way[],
  isIt: (step: Stay['inner'][number]) => boolean,
): Set<Direction> =>
  new Set(
    ways
      .filter((way) => staysOf(way).some(({ inner }) => inner.some(isIt)))
      .map(({ direction }) => direction),
  )

/** The tracks of some ways. */
export const tracksOf = (ways: readonly Way[]): Tracks => ({
  offset: (device, passage) => offsetOf(device, passage, ways),
  arrangement: {
    ofProgram: (program: Program, centre) => {
      const directions = directionsThrough(
        ways,
        (step) => step.through === 'program' && programKey(step) === programKey(program),
      )
      return spanAround(centre, sideOf(program.namespace, directions, ways))
    },
    ofStack: ({ namespace }: Station, width) => {
      const directions = directionsThrough(
        ways,
        (step) => step.through === 'stack' && step.namespace === namespace,
      )
      return spanAround(width / 2, sideOf(namespace, directions, ways))
    },
    title: ({ upper, lower }, width) => ({
      isBelow: lower.length === 0,
      width: width - (upper.length > 0 && lower.length > 0 ? width / 2 + reach : partWidth) - 10,
    }),
  },
})
