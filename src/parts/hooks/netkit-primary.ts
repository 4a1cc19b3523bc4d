import { netkit } from '../needs/netkit.ts'
import { attachLink, linkBeforeOthers, linkTypes, listLinks } from './attach-link.ts'
import type { Hook } from './hook.ts'
import { netkitPrograms } from './program-types.ts'

export const netkitPrimary: Hook = {
  name: 'netkit/primary',
  meets: 'what the primary device of a netkit pair sends to its peer',
  type: netkitPrograms,
  need: netkit,
  isIncoming: false,
  isInDriver: false,
  runner: { function: 'netkit_xmit', file: 'drivers/net/netkit.c' },
  linkKind: 'netkit',
  attach: attachLink(linkTypes.netkitPrimary),
  held: linkBeforeOthers(linkTypes.netkitPrimary),
  listings: (device) => [listLinks(linkTypes.netkitPrimary, device)],
}
