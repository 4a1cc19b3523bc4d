import { linkTypes } from './attach-link.ts'
import { socketHook } from './socket-hook.ts'

export const cgroupConnect6 = socketHook(
  'cgroup/connect6',
  "the address that a socket of the client's is to be connected to, over IPv6",
  linkTypes.cgroupConnect6,
)
