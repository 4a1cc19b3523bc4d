/** gre: packets in IPv4 by Generic Routing Encapsulation (RFC 2784, RFC 2890; net/ipv4/ip_gre.c). */
import { gre as greNeed } from '../needs/gre.ts'
import { whole } from '../words.ts'
import type { LinkKind, OneEnd } from './link.ts'
import { ipv4Tunnel, tunnelLine, tunnelUnderlay } from './tunnel.ts'

/** Of 32 bits. */
const mostKey = 2 ** 32 - 1

const shape = {
  ...ipv4Tunnel,
  id: whole(`a key of GRE, 0 to ${mostKey}`, 0, mostKey)
    .optional()
    .describe('The key; without it, none is sent.'),
}

export const gre: LinkKind<typeof shape, OneEnd> = {
  name: 'gre',
  words: 'A tunnel of IP packets in IPv4. What it carries is 24 bytes shorter, 28 with an id.',
  need: greNeed,
  endCount: 1,
  shape,
  underlay: tunnelUnderlay,
  createLines: (link, fileOf) => [tunnelLine(link, fileOf, 'type gre', { key: link.id })],
}
