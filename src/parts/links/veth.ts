/** veth: two Ethernet devices, each of which receives what the other sends (drivers/net/veth.c). */
import { veth as vethNeed } from '../needs/veth.ts'
import type { LinkEnd, LinkKind } from './link.ts'

export const veth: LinkKind = {
  name: 'veth',
  words: 'A veth pair.',
  need: vethNeed,
  shape: {},
  createLines({ ends: [one, other] }, fileOf) {
    const end = ({ namespace, device, mac }: LinkEnd): string =>
      `${device} ${mac === undefined ? '' : `address ${mac} `}netns ${fileOf(namespace)}`
    return [`link add name ${end(one)} type veth peer name ${end(other)}`]
  },
}
