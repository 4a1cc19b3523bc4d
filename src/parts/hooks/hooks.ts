/** The hooks: a file each, and a line here. */
import { byName } from '../by-name.ts'
import { cgroupConnect4 } from './cgroup-connect4.ts'
import { cgroupConnect6 } from './cgroup-connect6.ts'
import { cgroupRecvmsg4 } from './cgroup-recvmsg4.ts'
import { cgroupRecvmsg6 } from './cgroup-recvmsg6.ts'
import { cgroupSendmsg4 } from './cgroup-sendmsg4.ts'
import { cgroupSendmsg6 } from './cgroup-sendmsg6.ts'
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
  cgroupConnect4,
  cgroupConnect6,
  cgroupSendmsg4,
  cgroupSendmsg6,
  cgroupRecvmsg4,
  cgroupRecvmsg6,
]

/** Those that devices of every kind have. */
export const commonHooks: readonly Hook[] = hooks.filter(
  ({ linkKind, isOfSockets }) => linkKind === undefined && isOfSockets === undefined,
)

/** What programs at hooks of sockets have in the place of a device. */
export const socketsOfClient = 'sockets'

/** Whether a hook is of the sockets that the client opens, and of no device. */
export const isOfSockets = (name: string): boolean => hookNamed(name).isOfSockets === true

/** The hook that a scenario calls `name`: once its file is read, there is one. */
export const hookNamed = byName(hooks, ({ name }) => name, 'hook')
