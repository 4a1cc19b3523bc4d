import type { Need } from './need.ts'
import { tcBpf } from './tc-bpf.ts'
import { probeDevice, veth } from './veth.ts'

const place = ['dev', probeDevice, 'egress', 'pref', '9', 'protocol', 'ip', 'u32'] as const
const action = [
  'match',
  'u32',
  '0',
  '0',
  'action',
  'mirred',
  'egress',
  'redirect',
  'dev',
  probeDevice,
] as const

export const tcMirred: Need = {
  name: 'tc-mirred',
  why: 'filters of tc (u32) that send frames out of another device (mirred)',
  remedy: 'modprobe cls_u32 act_mirred (CONFIG_NET_CLS_U32, CONFIG_NET_ACT_MIRRED)',
  isAlways: false,
  buildsOn: [veth, tcBpf],
  trial: () => [
    { command: ['tc', 'filter', 'add', ...place, ...action] },
    { command: ['tc', 'filter', 'del', ...place] },
  ],
}
