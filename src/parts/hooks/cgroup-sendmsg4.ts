import { linkTypes } from './attach-link.ts'
import { socketHook } from './socket-hook.ts'

export const cgroupSendmsg4 = socketHook(
  'cgroup/sendmsg4',
  'the address that one which is not connected sends a datagram to',
  linkTypes.cgroupSendmsg4,
)
