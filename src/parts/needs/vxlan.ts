import { deviceTrial } from './device-trial.ts'
import type { Need } from './need.ts'

export const vxlan: Need = {
  name: 'vxlan',
  why: 'links of kind vxlan',
  remedy: 'modprobe vxlan (CONFIG_VXLAN)',
  isAlways: false,
  buildsOn: [],
  trial: deviceTrial(['vxlan', 'id', '1', 'dstport', '4789']),
}
