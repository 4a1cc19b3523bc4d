import { tcBpf } from '../needs/tc-bpf.ts'
import { attachTc, listTc } from './attach-tc.ts'
import type { Hook } from './hook.ts'
import { tcPrograms } from './program-types.ts'

export const tcIngress: Hook = {
  name: 'tc/ingress',
  meets: 'what a device has received, before the network stack does',
  type: tcPrograms,
  need: tcBpf,
  isIncoming: true,
  isInDriver: false,
  runner: { function: 'sch_handle_ingress', file: 'net/core/dev.c' },
  attach: attachTc('ingress'),
  held: { by: 'filter', direction: 'ingress' },
  listings: listTc('ingress'),
}
