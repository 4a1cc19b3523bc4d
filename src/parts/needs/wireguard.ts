import { deviceTrial } from './device-trial.ts'
import type { Need } from './need.ts'

const ofKernel = deviceTrial(['wireguard'])

export const wireguard: Need = {
  name: 'wireguard',
  why: 'links of kind wireguard',
  remedy: 'modprobe wireguard (CONFIG_WIREGUARD), apt-get install wireguard-tools',
  isAlways: false,
  buildsOn: [],
  tools: ['wg'],
  trial: (ground) => [...ofKernel(ground), { command: ['wg', 'genkey'] }],
}
