import { bpf } from './bpf.ts'
import type { Need } from './need.ts'
import { veth } from './veth.ts'
import { xdpTrial } from './xdp-trial.ts'

export const xdpNative: Need = {
  name: 'xdp-native',
  why: "XDP programs in a veth device's own receive path",
  remedy: 'a kernel from 4.19 on',
  isAlways: false,
  buildsOn: [veth, bpf],
  trial: xdpTrial('xdpdrv'),
}
