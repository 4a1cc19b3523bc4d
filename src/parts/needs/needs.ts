/** The needs: a file each, and a line here. */
import { engines } from '../engines/engines.ts'
import { sinks } from '../sinks/sinks.ts'
import { afXdp } from './af-xdp.ts'
import { bigTcp } from './big-tcp.ts'
import { bpf } from './bpf.ts'
import { bridge } from './bridge.ts'
import { cgroupSockets } from './cgroup-sockets.ts'
import { flowtable } from './flowtable.ts'
import { geneve } from './geneve.ts'
import { gre } from './gre.ts'
import { ip6tnl } from './ip6tnl.ts'
import { ipip } from './ipip.ts'
import { ipv6 } from './ipv6.ts'
import { ipvs } from './ipvs.ts'
import { ipvlan } from './ipvlan.ts'
import { kernelBtf } from './kernel-btf.ts'
import { macvlan } from './macvlan.ts'
import { namespaces } from './namespaces.ts'
import type { Need } from './need.ts'
import { netkit } from './netkit.ts'
import { nftFwd } from './nft-fwd.ts'
import { nftables } from './nftables.ts'
import { runCounts } from './run-counts.ts'
import { tcBpf } from './tc-bpf.ts'
import { tcMirred } from './tc-mirred.ts'
import { tcx } from './tcx.ts'
import { tun } from './tun.ts'
import { veth } from './veth.ts'
import { vlan } from './vlan.ts'
import { vxlan } from './vxlan.ts'
import { wireguard } from './wireguard.ts'
import { xdpGeneric } from './xdp-generic.ts'
import { xdpNative } from './xdp-native.ts'

/** What ends of load want: engines where they send, sinks where they take. */
const ofLoad = [...engines, ...sinks].flatMap(({ need }): readonly Need[] =>
  need === undefined ? [] : [need],
)

/** In the order in which they are told. */
export const needs: readonly Need[] = [
  // One line each.
  namespaces,
  veth,
  bpf,
  tcBpf,
  runCounts,
  tcx,
  xdpGeneric,
  xdpNative,
  afXdp,
  bridge,
  netkit,
  macvlan,
  ipvlan,
  ipv6,
  vlan,
  vxlan,
  geneve,
  ipip,
  ip6tnl,
  gre,
  wireguard,
  tun,
  nftables,
  nftFwd,
  flowtable,
  ipvs,
  tcMirred,
  cgroupSockets,
  kernelBtf,
  bigTcp,
  ...ofLoad,
]

/** Names of those that are of the machine that load comes from, and not of what paths lead over. */
export const needsOfLoad: ReadonlySet<string> = new Set(ofLoad.map(({ name }) => name))
