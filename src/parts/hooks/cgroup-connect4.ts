import { linkTypes } from './attach-link.ts'
import { socketHook } from './socket-hook.ts'

export const cgroupConnect4 = socketHook(
  'cgroup/connect4',
  "the address that a socket of the client's is to be connected to",
  linkTypes.cgroupConnect4,
)
