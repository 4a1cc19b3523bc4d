/** Puts what runs along a segment into as few lanes as keep it apart. */

/** From left to right. */
export type Extent = readonly [from: number, to: number]

/** Lines that end closer to each other than this look like one. */
const leastGap = 8

const isApart = ([from, to]: Extent, [otherFrom, otherTo]: Extent): boolean =>
  to + leastGap <= otherFrom || otherTo + leastGap <= from

/** The lane of each extent, from 0, and how many lanes there are. */
export const lanesFor = (extents: readonly Extent[]): { lanes: readonly number[]; count: number } => {
  const taken: Extent[][] = []
  const lanes = extents.map((extent) => {
    const free = taken.findIndex((lane) => lane.every((other) => isApart(extent, other)))
    const lane = free === -1 ? taken.length : free
    taken[lane] = [...(taken[lane] ?? []), extent]
    return lane
  })
  return { lanes, count: taken.length }
}
