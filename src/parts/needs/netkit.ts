import type { Need } from './need.ts'

const device = 'probe3'

export const netkit: Need = {
  name: 'netkit',
  why: 'netkit pairs, and programs in them',
  remedy: 'a kernel from 6.7 on, with CONFIG_NETKIT',
  isAlways: false,
  buildsOn: [],
  trial: () => [{ command: ['ip', 'link', 'add', device, 'type', 'netkit'] }],
  undo: () => ({ command: ['ip', 'link', 'del', device] }),
}
