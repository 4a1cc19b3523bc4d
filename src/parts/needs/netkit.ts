import { deviceTrial } from './device-trial.ts'
import type { Need } from './need.ts'

export const netkit: Need = {
  name: 'netkit',
  why: 'links of kind netkit',
  remedy: 'a kernel from 6.7 on with CONFIG_NETKIT, and ip of iproute2 6.8 or newer',
  isAlways: false,
  buildsOn: [],
  trial: deviceTrial(['netkit', 'mode', 'l3', 'peer', 'name', 'probe-peer']),
}
