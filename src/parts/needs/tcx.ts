import { attachLink, linkTypes } from '../hooks/attach-link.ts'
import { tcPrograms } from '../hooks/program-types.ts'
import { bpf } from './bpf.ts'
import type { Need } from './need.ts'
import { probeDevice, veth } from './veth.ts'

export const tcx: Need = {
  name: 'tcx',
  why: 'programs at TC ingress and egress that links attach',
  remedy: 'a kernel from 6.6 on, with CONFIG_NET_XGRESS',
  isAlways: false,
  buildsOn: [veth, bpf],
  trial: ({ pinOf, pinFolder }) => {
    const linkPin = `${pinFolder}/tcx-link`
    return [
      attachLink(linkTypes.tcxIngress)({ device: probeDevice, pin: pinOf(tcPrograms), linkPin }),
      { command: ['rm', linkPin] },
    ]
  },
}
