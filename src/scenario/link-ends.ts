/** The ends of a topology's links. */
import type { LinkEnd, Topology } from './schema.ts'

/** All ends, link by link. */
export const linkEnds = ({ links }: Topology): LinkEnd[] => Object.values(links).flatMap(({ ends }) => ends)
