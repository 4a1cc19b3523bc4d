import { deviceTrial } from './device-trial.ts'
import type { Need } from './need.ts'
import { probeDevice, veth } from './veth.ts'

export const macvlan: Need = {
  name: 'macvlan',
  why: 'links of kind macvlan',
  remedy: 'modprobe macvlan (CONFIG_MACVLAN)',
  isAlways: false,
  buildsOn: [veth],
  trial: deviceTrial(['macvlan', 'mode', 'bridge'], probeDevice),
}
