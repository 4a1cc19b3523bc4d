import { tcx } from '../needs/tcx.ts'
import { attachLink, linkBeforeOthers, linkTypes, listLinks } from './attach-link.ts'
import type { Hook } from './hook.ts'
import { tcxPrograms } from './program-types.ts'

export const tcxEgress: Hook = {
  name: 'tcx/egress',
  meets: 'the same as tc/egress, before it, by a link',
  type: tcxPrograms,
  need: tcx,
  isIncoming: false,
  isInDriver: false,
  runner: { function: 'sch_handle_egress', file: 'net/core/dev.c' },
  attach: attachLink(linkTypes.tcxEgress),
  held: linkBeforeOthers(linkTypes.tcxEgress),
  listings: (device) => [listLinks(linkTypes.tcxEgress, device)],
}
