/** The kinds of link: a file each, and a line here. */
import { byName } from '../by-name.ts'
import type { LinkKind } from './link.ts'
import { macvlan } from './macvlan.ts'
import { veth } from './veth.ts'
import { vxlan } from './vxlan.ts'

/** In the order in which they are told. */
export const linkKinds: readonly LinkKind[] = [
  // One line each.
  veth,
  macvlan,
  vxlan,
]

/** What a link is that does not say: a list of ends in a scenario, and a record's link without a kind. */
export const defaultLinkKind = veth.name

/** The kind that a scenario calls `name`: once its file is read, there is one. */
export const linkKindNamed = byName(linkKinds, ({ name }) => name, 'kind of link')
