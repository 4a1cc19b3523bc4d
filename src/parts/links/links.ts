/** The kinds of link: a file each, and a line here. */
import { byName } from '../by-name.ts'
import { geneve } from './geneve.ts'
import { gre } from './gre.ts'
import { ip6tnl } from './ip6tnl.ts'
import { ipip } from './ipip.ts'
import { ipvlan } from './ipvlan.ts'
import type { LinkKind } from './link.ts'
import { macvlan } from './macvlan.ts'
import { netkit } from './netkit.ts'
import { tun } from './tun.ts'
import { veth } from './veth.ts'
import { vlan } from './vlan.ts'
import { vxlan } from './vxlan.ts'
import { wireguard } from './wireguard.ts'

/** In the order in which they are told. */
export const linkKinds: readonly LinkKind[] = [
  // One line each.
  veth,
  netkit,
  macvlan,
  ipvlan,
  vlan,
  vxlan,
  geneve,
  ipip,
  ip6tnl,
  gre,
  wireguard,
  tun,
]

/** What a link is that does not say: a list of ends in a scenario, and a record's link without a kind. */
export const defaultLinkKind = veth.name

/** The kind that a scenario calls `name`: once its file is read, there is one. */
export const linkKindNamed = byName(linkKinds, ({ name }) => name, 'kind of link')
