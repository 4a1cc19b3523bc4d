/** Tries a mode of XDP, and leaves the device free for another: it has room for one program. */
import { attachXdp, type XdpMode } from '../hooks/attach-xdp.ts'
import { xdpPrograms } from '../hooks/program-types.ts'
import type { Need } from './need.ts'
import { probeDevice } from './veth.ts'

export const xdpTrial =
  (mode: XdpMode): Need['trial'] =>
  ({ pinOf }) => [
    attachXdp(mode)({ device: probeDevice, pin: pinOf(xdpPrograms) }),
    { command: ['ip', 'link', 'set', 'dev', probeDevice, mode, 'off'] },
  ]
