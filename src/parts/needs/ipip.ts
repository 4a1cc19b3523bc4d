import { deviceTrial } from './device-trial.ts'
import type { Need } from './need.ts'

export const ipip: Need = {
  name: 'ipip',
  why: 'links of kind ipip',
  remedy: 'modprobe ipip (CONFIG_NET_IPIP)',
  isAlways: false,
  buildsOn: [],
  trial: deviceTrial(['ipip', 'local', '192.0.2.1', 'remote', '192.0.2.2']),
}
