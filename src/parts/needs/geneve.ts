import { deviceTrial } from './device-trial.ts'
import type { Need } from './need.ts'

export const geneve: Need = {
  name: 'geneve',
  why: 'links of kind geneve',
  remedy: 'modprobe geneve (CONFIG_GENEVE)',
  isAlways: false,
  buildsOn: [],
  trial: deviceTrial(['geneve', 'id', '1', 'remote', '192.0.2.1']),
}
