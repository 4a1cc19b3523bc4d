/** veth: two Ethernet devices, each of which receives what the other sends (drivers/net/veth.c). */
import { veth as vethNeed } from '../needs/veth.ts'
import type { LinkKind, TwoEnds } from './link.ts'
import { newDevice } from './new-device.ts'

/** No keys of its own. */
const shape = {}

export const veth: LinkKind<typeof shape, TwoEnds> = {
  name: 'veth',
  words: 'A veth pair.',
  need: vethNeed,
  endCount: 2,
  shape,
  createLines: ({ ends: [one, other] }, fileOf) => [
    { line: `link add ${newDevice(one, fileOf)} type veth peer ${newDevice(other, fileOf)}` },
  ],
}
