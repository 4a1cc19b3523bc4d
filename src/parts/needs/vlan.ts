import { deviceTrial } from './device-trial.ts'
import type { Need } from './need.ts'
import { probeDevice, veth } from './veth.ts'

export const vlan: Need = {
  name: 'vlan',
  why: 'links of kind vlan',
  remedy: 'modprobe 8021q (CONFIG_VLAN_8021Q)',
  isAlways: false,
  buildsOn: [veth],
  trial: deviceTrial(['vlan', 'id', '5'], probeDevice),
}
