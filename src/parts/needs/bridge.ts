import type { Need } from './need.ts'

const device = 'probe2'

export const bridge: Need = {
  name: 'bridge',
  why: 'segments that several hosts share',
  remedy: 'modprobe bridge (CONFIG_BRIDGE)',
  isAlways: false,
  buildsOn: [],
  trial: () => [{ command: ['ip', 'link', 'add', device, 'type', 'bridge'] }],
  undo: () => ({ command: ['ip', 'link', 'del', device] }),
}
