import { deviceTrial } from './device-trial.ts'
import type { Need } from './need.ts'

export const gre: Need = {
  name: 'gre',
  why: 'links of kind gre',
  remedy: 'modprobe ip_gre (CONFIG_NET_IPGRE)',
  isAlways: false,
  buildsOn: [],
  trial: deviceTrial(['gre', 'local', '192.0.2.1', 'remote', '192.0.2.2']),
}
