/** The hooks: a file each, and a line here. */
import { byName } from '../by-name.ts'
import type { Hook } from './hook.ts'
import { netkitPeer } from './netkit-peer.ts'
import { netkitPrimary } from './netkit-primary.ts'
import { tcEgress } from './tc-egress.ts'
import { tcIngress } from './tc-ingress.ts'
import { tcxEgress } from './tcx-egress.ts'
import { tcxIngress } from './tcx-ingress.ts'
import { xdpGeneric } from './xdp-generic.ts'
import { xdpNative } from './xdp-native.ts'

/** In the order in which they are told. */
export const hooks: readonly Hook[] = [
  // One line each.
  tcIngress,
  tcEgress,
  tcxIngress,
  tcxEgress,
  netkitPrimary,
  netkitPeer,
  xdpGeneric,
  xdpNative,
]

/** Those that devices of every kind have. */
export const commonHooks: readonly Hook[] = hooks.filter(({ linkKind }) => linkKind === undefined)

/** The hook that a scenario calls `name`: once its file is read, there is one. */
export const hookNamed = byName(hooks, ({ name }) => name, 'hook')
