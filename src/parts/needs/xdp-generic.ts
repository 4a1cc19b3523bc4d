import { bpf } from './bpf.ts'
import type { Need } from './need.ts'
import { veth } from './veth.ts'
import { xdpTrial } from './xdp-trial.ts'

export const xdpGeneric: Need = {
  name: 'xdp-generic',
  why: 'XDP programs on any device',
  remedy: 'a kernel from 4.12 on',
  isAlways: false,
  buildsOn: [veth, bpf],
  trial: xdpTrial('xdpgeneric'),
}
