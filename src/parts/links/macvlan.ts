/** macvlan: a device with a MAC address of its own on another one (drivers/net/macvlan.c). */
import { z } from 'zod'
import { macvlan as macvlanNeed } from '../needs/macvlan.ts'
import type { LinkKind, OneEnd } from './link.ts'
import { deviceLine } from './new-device.ts'
import { parentKey } from './parent.ts'

const modes = ['bridge', 'private', 'vepa', 'passthru'] as const

const shape = {
  parent: parentKey.describe('The device that it sends and receives by, which may be in another namespace.'),
  mode: z
    .enum(modes, { error: `a mode of macvlan: ${modes.join(', ')}` })
    .default('bridge')
    .describe('Who on the same parent reaches whom: bridge, all; private, nobody; vepa, by way of a switch.'),
}

export const macvlan: LinkKind<typeof shape, OneEnd> = {
  name: 'macvlan',
  words:
    'A device with a MAC address of its own on another device; it and its parent do not reach each other.',
  need: macvlanNeed,
  endCount: 1,
  shape,
  createLines: (link, fileOf) => [deviceLine(link, fileOf, `type macvlan mode ${link.mode}`)],
}
