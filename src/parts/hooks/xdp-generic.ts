import { xdpGeneric as xdpGenericNeed } from '../needs/xdp-generic.ts'
import { attachXdp, linkXdp, listXdp } from './attach-xdp.ts'
import type { Hook } from './hook.ts'
import { xdpPrograms } from './program-types.ts'

export const xdpGeneric: Hook = {
  name: 'xdp/generic',
  meets: 'frames that any device has received, once the kernel has made a socket buffer of them',
  type: xdpPrograms,
  need: xdpGenericNeed,
  isIncoming: true,
  isInDriver: false,
  runner: { function: 'do_xdp_generic', file: 'net/core/dev.c' },
  attach: attachXdp('xdpgeneric'),
  held: linkXdp('xdpgeneric'),
  listings: listXdp('xdpgeneric'),
}
