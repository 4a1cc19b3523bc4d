/** ipvlan: a device with addresses of its own, and its parent's MAC address (drivers/net/ipvlan). */
import { z } from 'zod'
import { ipvlan as ipvlanNeed } from '../needs/ipvlan.ts'
import type { LinkKind, OneEnd } from './link.ts'
import { deviceLine } from './new-device.ts'
import { parentKey } from './parent.ts'

const modes = ['l2', 'l3', 'l3s'] as const

const shape = {
  parent: parentKey.describe('The device that it sends and receives by, which may be in another namespace.'),
  mode: z
    .enum(modes, { error: `a mode of ipvlan: ${modes.join(', ')}` })
    .default('l2')
    .describe(
      'l2: it answers ARP itself. l3: its parent routes for it, past netfilter. l3s: so, but received packets pass netfilter of its parent.',
    ),
}

export const ipvlan: LinkKind<typeof shape, OneEnd> = {
  name: 'ipvlan',
  words:
    'A device with addresses of its own on another device, whose MAC address it has; the two do not reach each other.',
  need: ipvlanNeed,
  endCount: 1,
  shape,
  createLines: (link, fileOf) => [deviceLine(link, fileOf, `type ipvlan mode ${link.mode}`)],
}
