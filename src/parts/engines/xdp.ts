import { xdpPrograms } from '../hooks/program-types.ts'
import { bpf } from '../needs/bpf.ts'
import type { Need } from '../needs/need.ts'
import type { Engine } from './engine.ts'

const need: Need = {
  name: 'xdp-live-frames',
  why: 'engine xdp: whole frames that an XDP program sends',
  remedy: 'a kernel from 5.18 on (BPF_F_TEST_XDP_LIVE_FRAMES)',
  isAlways: false,
  buildsOn: [bpf],
  trial: ({ generator, pinOf }) => [{ command: [...generator, 'xdp', pinOf(xdpPrograms)] }],
}

export const xdp = {
  name: 'xdp',
  words:
    "whole frames that an XDP program makes and sends out of the route's device, past the client's stack (BPF_F_TEST_XDP_LIVE_FRAMES); the device's peer polls, by generic receive offload, on every path",
  method:
    "as whole frames that an XDP program made and sent out of the route's device, past the client's stack (BPF_F_TEST_XDP_LIVE_FRAMES): no counter of the client's stack has them. The device's peer polled, by generic receive offload, on every path",
  need,
  mergedMost: 1,
  moreByRoughly: 1,
  isPastStack: true,
  hasProgram: true,
  wantsPollingPeer: true,
} as const satisfies Engine
