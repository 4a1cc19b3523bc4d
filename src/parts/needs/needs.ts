/** The needs: a file each, and a line here. */
import { bpf } from './bpf.ts'
import { bridge } from './bridge.ts'
import { kernelBtf } from './kernel-btf.ts'
import { macvlan } from './macvlan.ts'
import { namespaces } from './namespaces.ts'
import type { Need } from './need.ts'
import { nftables } from './nftables.ts'
import { runCounts } from './run-counts.ts'
import { tcBpf } from './tc-bpf.ts'
import { veth } from './veth.ts'
import { vxlan } from './vxlan.ts'
import { xdpGeneric } from './xdp-generic.ts'
import { xdpNative } from './xdp-native.ts'

/** In the order in which they are told. */
export const needs: readonly Need[] = [
  // One line each.
  namespaces,
  veth,
  bpf,
  tcBpf,
  runCounts,
  xdpGeneric,
  xdpNative,
  bridge,
  macvlan,
  vxlan,
  nftables,
  kernelBtf,
]
