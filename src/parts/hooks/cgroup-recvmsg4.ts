import { linkTypes } from './attach-link.ts'
import { socketHook } from './socket-hook.ts'

export const cgroupRecvmsg4 = socketHook(
  'cgroup/recvmsg4',
  'the address that such a socket is told a datagram is from',
  linkTypes.cgroupRecvmsg4,
)
