import { attachLink, linkTypes } from '../hooks/attach-link.ts'
import { bpf } from '../needs/bpf.ts'
import type { Need } from '../needs/need.ts'
import { probeDevice, veth } from '../needs/veth.ts'
import type { Sink } from './sink.ts'

const need: Need = {
  name: 'xdp-sink',
  why: "sink xdp: whole frames that an XDP program takes at a server's veth device",
  remedy: 'a kernel from 5.18 on (bpf_xdp_load_bytes)',
  isAlways: false,
  buildsOn: [veth, bpf],
  trial: ({ loader, sink: { order, folder, pin } }) => [
    { command: loader, input: order },
    // As the generator attaches it: the program is at the device for as long as the link is pinned.
    attachLink(linkTypes.xdp)({ device: probeDevice, pin, linkPin: `${folder}/link` }),
    { command: ['rm', '-r', folder] },
  ],
}

export const xdp = {
  name: 'xdp',
  words:
    "whole frames, by an XDP program at every device of the server, before its stack, where the server's socket is the limit (kernel 5.18); not with engine gso",
  method:
    "by an XDP program at the server's devices, before its stack, and looked at as the stack would: what the server's own counters of IP and UDP lack for it, the proof adds",
  need,
  isBelowStack: true,
} as const satisfies Sink
