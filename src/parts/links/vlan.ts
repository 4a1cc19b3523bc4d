/** vlan: the frames of one VLAN on a device (IEEE 802.1Q; net/8021q). */
import { vlan as vlanNeed } from '../needs/vlan.ts'
import { whole } from '../words.ts'
import type { LinkKind, OneEnd } from './link.ts'
import { deviceLine } from './new-device.ts'
import { parentKey } from './parent.ts'

const shape = {
  parent: parentKey.describe('The device whose tagged frames it is, which may be in another namespace.'),
  id: whole('a VLAN identifier, 1 to 4094', 1, 4094).describe('The VLAN identifier.'),
}

export const vlan: LinkKind<typeof shape, OneEnd> = {
  name: 'vlan',
  words: 'One VLAN of another device: frames with its tag.',
  need: vlanNeed,
  endCount: 1,
  shape,
  createLines: (link, fileOf) => [deviceLine(link, fileOf, `type vlan id ${link.id}`)],
}
