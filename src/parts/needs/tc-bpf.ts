import { tcPrograms } from '../hooks/program-types.ts'
import { bpf } from './bpf.ts'
import type { Need } from './need.ts'
import { probeDevice, veth } from './veth.ts'

const filter = ['tc', 'filter', 'add', 'dev', probeDevice, 'ingress', 'bpf', 'direct-action'] as const

export const tcBpf: Need = {
  name: 'tc-bpf',
  why: 'programs at TC ingress and egress',
  remedy: 'modprobe cls_bpf sch_ingress (CONFIG_NET_CLS_BPF, CONFIG_NET_SCH_INGRESS)',
  isAlways: true,
  buildsOn: [veth, bpf],
  trial: ({ pinOf }) => [
    { command: ['tc', 'qdisc', 'add', 'dev', probeDevice, 'clsact'] },
    { command: [...filter, 'object-pinned', pinOf(tcPrograms)] },
  ],
}
