import { deviceTrial } from './device-trial.ts'
import type { Need } from './need.ts'
import { probeDevice, veth } from './veth.ts'

export const ipvlan: Need = {
  name: 'ipvlan',
  why: 'links of kind ipvlan',
  remedy: 'modprobe ipvlan (CONFIG_IPVLAN)',
  isAlways: false,
  buildsOn: [veth],
  trial: deviceTrial(['ipvlan', 'mode', 'l2'], probeDevice),
}
