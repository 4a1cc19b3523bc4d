import { tcBpf } from '../needs/tc-bpf.ts'
import { attachTc, listTc } from './attach-tc.ts'
import type { Hook } from './hook.ts'
import { tcPrograms } from './program-types.ts'

export const tcEgress: Hook = {
  name: 'tc/egress',
  meets: 'what a device is to send, after the network stack',
  type: tcPrograms,
  need: tcBpf,
  isIncoming: false,
  isInDriver: false,
  runner: { function: 'sch_handle_egress', file: 'net/core/dev.c' },
  attach: attachTc('egress'),
  held: { by: 'filter', direction: 'egress' },
  listings: listTc('egress'),
}
