import { linkTypes } from './attach-link.ts'
import { socketHook } from './socket-hook.ts'

export const cgroupSendmsg6 = socketHook(
  'cgroup/sendmsg6',
  'the address that one which is not connected sends a datagram to, over IPv6',
  linkTypes.cgroupSendmsg6,
)
