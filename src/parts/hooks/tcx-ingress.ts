import { tcx } from '../needs/tcx.ts'
import { attachLink, linkBeforeOthers, linkTypes, listLinks } from './attach-link.ts'
import type { Hook } from './hook.ts'
import { tcxPrograms } from './program-types.ts'

export const tcxIngress: Hook = {
  name: 'tcx/ingress',
  meets: 'the same as tc/ingress, before it, by a link',
  type: tcxPrograms,
  need: tcx,
  isIncoming: true,
  isInDriver: false,
  runner: { function: 'sch_handle_ingress', file: 'net/core/dev.c' },
  attach: attachLink(linkTypes.tcxIngress),
  held: linkBeforeOthers(linkTypes.tcxIngress),
  listings: (device) => [listLinks(linkTypes.tcxIngress, device)],
}
