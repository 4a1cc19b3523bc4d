/** ipip: IPv4 packets in IPv4 packets (RFC 2003; net/ipv4/ipip.c). */
import { ipip as ipipNeed } from '../needs/ipip.ts'
import type { LinkKind, OneEnd } from './link.ts'
import { ipv4Tunnel, tunnelLine, tunnelUnderlay } from './tunnel.ts'

const shape = ipv4Tunnel

export const ipip: LinkKind<typeof shape, OneEnd> = {
  name: 'ipip',
  words: 'A tunnel of IPv4 in IPv4. What it carries is 20 bytes shorter.',
  need: ipipNeed,
  endCount: 1,
  shape,
  underlay: tunnelUnderlay,
  createLines: (link, fileOf) => [tunnelLine(link, fileOf, 'type ipip', {})],
}
