import type { Need } from './need.ts'

const device = 'probe-tun'

export const tun: Need = {
  name: 'tun',
  why: 'links of kind tun: devices whose packets a process has',
  remedy: 'modprobe tun (CONFIG_TUN)',
  isAlways: false,
  buildsOn: [],
  trial: () => [
    { command: ['ip', 'tuntap', 'add', 'dev', device, 'mode', 'tun'] },
    { command: ['ip', 'tuntap', 'del', 'dev', device, 'mode', 'tun'] },
  ],
}
