/** What hooks of sockets have in common: programs at a cgroup (kernel/bpf/cgroup.c), by a link. */
import { cgroupSockets } from '../needs/cgroup-sockets.ts'
import { attachLink, type LinkType } from './attach-link.ts'
import type { Hook } from './hook.ts'
import { socketPrograms } from './program-types.ts'

export const socketHook = (name: string, meets: string, type: LinkType): Hook => ({
  name,
  meets,
  type: socketPrograms,
  need: cgroupSockets,
  isIncoming: false,
  isInDriver: false,
  isOfSockets: true,
  runner: { function: '__cgroup_bpf_run_filter_sock_addr', file: 'kernel/bpf/cgroup.c' },
  attach: attachLink(type),
  held: { by: 'link', type, flags: 0 },
  listings: () => [],
})
