import { builtProgram } from '../../host/built.ts'
import type { Need } from './need.ts'

export const afXdp: Need = {
  name: 'af-xdp',
  why: 'sockets that take frames from XDP programs past the stack',
  remedy: 'a kernel from 5.10 on, with CONFIG_XDP_SOCKETS',
  isAlways: false,
  buildsOn: [],
  trial: () => [{ command: [builtProgram('forward-afxdp'), 'try'] }],
}
