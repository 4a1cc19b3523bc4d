import { xdpNative as xdpNativeNeed } from '../needs/xdp-native.ts'
import { attachXdp, linkXdp, listXdp } from './attach-xdp.ts'
import type { Hook } from './hook.ts'
import { xdpPrograms } from './program-types.ts'

export const xdpNative: Hook = {
  name: 'xdp/native',
  meets: "frames as the device's driver receives them, before there is a socket buffer",
  type: xdpPrograms,
  need: xdpNativeNeed,
  isIncoming: true,
  isInDriver: true,
  runner: { function: 'veth_xdp_rcv_skb', file: 'drivers/net/veth.c' },
  attach: attachXdp('xdpdrv'),
  held: linkXdp('xdpdrv'),
  listings: listXdp('xdpdrv'),
}
