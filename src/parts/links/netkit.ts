/** netkit: a pair for containers, whose BPF programs run before a packet goes over (drivers/net/netkit.c). */
import { z } from 'zod'
import { netkit as netkitNeed, netkitPair } from '../needs/netkit.ts'
import type { LinkKind, TwoEnds } from './link.ts'
import { newDevice } from './new-device.ts'

const modes = ['l2', 'l3'] as const

const shape = {
  mode: z
    .enum(modes, { error: `a mode of netkit: ${modes.join(', ')}` })
    .default('l3')
    .describe('l2: Ethernet, with MAC addresses and ARP. l3: IP alone.'),
}

export const netkit: LinkKind<typeof shape, TwoEnds> = {
  name: 'netkit',
  words:
    'A netkit pair: the first end is its primary, which programs of both are attached by; the other its peer.',
  need: netkitNeed,
  endCount: 2,
  shape,
  check: ({ ends, mode }) =>
    ends.flatMap(({ mac }, index) =>
      mode === 'l3' && mac !== undefined
        ? [{ at: ['ends', index, 'mac'], message: 'netkit has MAC addresses in mode l2 only' }]
        : [],
    ),
  // ip(8) of Debian 12 cannot.
  createLines: () => [],
  createCall: ({ ends: [one, other], mode }, fileOf, index) => ({
    command: netkitPair(mode, `index ${index} ${newDevice(one, fileOf)}`, newDevice(other, fileOf)),
  }),
}
