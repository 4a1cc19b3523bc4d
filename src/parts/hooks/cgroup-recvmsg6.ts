import { linkTypes } from './attach-link.ts'
import { socketHook } from './socket-hook.ts'

export const cgroupRecvmsg6 = socketHook(
  'cgroup/recvmsg6',
  'the address that such a socket is told a datagram is from, over IPv6',
  linkTypes.cgroupRecvmsg6,
)
