/** Kinds of link by name. */
import type { LinkKind } from './link.ts'
import * as links from './links.ts'

/** All of them, by name. */
export const linkKinds: readonly LinkKind[] = Object.values(links)

/** What a link is that does not say: a list of ends in a scenario, and a record's link without a kind. */
export const defaultLinkKind = links.veth.name

/** The kind with this name. */
export function linkKindOf(name: string): LinkKind {
  const kind = linkKinds.find((one) => one.name === name)
  if (kind === undefined) throw new Error(`there is no kind of link "${name}"`)
  return kind
}
