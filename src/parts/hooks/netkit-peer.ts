import { netkit } from '../needs/netkit.ts'
import { attachLink, linkBeforeOthers, linkTypes, listLinks } from './attach-link.ts'
import type { Hook } from './hook.ts'
import { netkitPrograms } from './program-types.ts'

export const netkitPeer: Hook = {
  name: 'netkit/peer',
  meets: 'what the peer of a netkit pair sends to the primary device, which is the one to name',
  type: netkitPrograms,
  need: netkit,
  isIncoming: true,
  isInDriver: false,
  runner: { function: 'netkit_xmit', file: 'drivers/net/netkit.c' },
  linkKind: 'netkit',
  attach: attachLink(linkTypes.netkitPeer),
  held: linkBeforeOthers(linkTypes.netkitPeer),
  listings: (device) => [listLinks(linkTypes.netkitPeer, device)],
}
