/** The order in which links are made: a device before those that stand on it. Pure. */
import { parentOf } from '../parts/links/parent.ts'
import type { Link, Topology } from '../scenario/schema.ts'

export type NamedLink = readonly [name: string, link: Link]

/** All links of a topology, each after the one that it stands on, else as the file has them. */
export function linksInOrder({ links }: Pick<Topology, 'links'>): readonly NamedLink[] {
  const named = Object.entries(links)
  const below = (link: Link): NamedLink | undefined => {
    const parent = parentOf(link)
    return named.find(([, { ends }]) =>
      ends.some(({ namespace, device }) => namespace === parent?.namespace && device === parent.device),
    )
  }
  const depthOf = (link: Link, most: number): number => {
    const next = most === 0 ? undefined : below(link)
    return next === undefined ? 0 : 1 + depthOf(next[1], most - 1)
  }
  return named.toSorted(([, a], [, b]) => depthOf(a, named.length) - depthOf(b, named.length))
}
