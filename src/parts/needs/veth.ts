import type { Need } from './need.ts'

/** The device on which trials are made. */
export const probeDevice = 'probe0'

export const veth: Need = {
  name: 'veth',
  why: 'the links between them',
  remedy: 'load the module: modprobe veth (CONFIG_VETH)',
  isAlways: true,
  buildsOn: [],
  trial: () => [{ command: ['ip', 'link', 'add', probeDevice, 'type', 'veth', 'peer', 'name', 'probe1'] }],
  undo: () => ({ command: ['ip', 'link', 'del', probeDevice] }),
}
