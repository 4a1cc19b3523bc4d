/** The ends of a topology's links. */
import type { Link, LinkEnd, Pair, Single, Topology } from './schema.ts'

/** All ends, link by link. */
export const linkEnds = ({ links }: Topology): LinkEnd[] => Object.values(links).flatMap(({ ends }) => ends)

/** Whether a link is a pair of devices. */
export const isPair = (link: Link): link is Pair => link.ends.length === 2

/** Those that are pairs, by name. */
export const pairsOf = ({ links }: Topology): [name: string, pair: Pair][] =>
  Object.entries(links).flatMap(([name, link]) => (isPair(link) ? [[name, link] as [string, Pair]] : []))

/** Those that are a device by itself, by name. */
export const singlesOf = ({ links }: Topology): [name: string, single: Single][] =>
  Object.entries(links).flatMap(([name, link]) => (isPair(link) ? [] : [[name, link] as [string, Single]]))
