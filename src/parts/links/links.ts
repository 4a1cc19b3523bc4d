/** The kinds of link: a file each, and a line here. */
import type { LinkKind } from './link.ts'
import { veth } from './veth.ts'

/** In the order in which they are told. */
export const linkKinds: readonly LinkKind[] = [
  // One line each.
  veth,
]

/** What a link is that does not say: a list of ends in a scenario, and a record's link without a kind. */
export const defaultLinkKind = veth.name

/** The kind that a scenario calls `name`: once its file is read, there is one. */
export function linkKindNamed(name: string): LinkKind {
  const kind = linkKinds.find((one) => one.name === name)
  if (kind === undefined) throw new Error(`no kind of link ${name}`)
  return kind
}
