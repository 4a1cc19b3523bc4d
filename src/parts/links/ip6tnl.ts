/** ip6tnl: packets of IPv6, or of IPv4, in IPv6 packets (RFC 2473; net/ipv6/ip6_tunnel.c). */
import { z } from 'zod'
import { ip6tnl as ip6tnlNeed } from '../needs/ip6tnl.ts'
import type { LinkKind, OneEnd } from './link.ts'
import { ipv6Tunnel, tunnelLine, tunnelUnderlay } from './tunnel.ts'

const modes = ['ip6ip6', 'ipip6', 'any'] as const

const shape = {
  ...ipv6Tunnel,
  mode: z
    .enum(modes, { error: `a mode of ip6tnl: ${modes.join(', ')}` })
    .default('ip6ip6')
    .describe('ip6ip6: it carries IPv6. ipip6: IPv4. any: both.'),
}

export const ip6tnl: LinkKind<typeof shape, OneEnd> = {
  name: 'ip6tnl',
  words: 'A tunnel of IP packets in IPv6. What it carries is 40 bytes shorter.',
  need: ip6tnlNeed,
  endCount: 1,
  shape,
  underlay: tunnelUnderlay,
  createLines: (link, fileOf) => [
    tunnelLine(link, fileOf, `type ip6tnl mode ${link.mode}`, {
      // Else each packet has 8 bytes more: a header that says how many tunnels may be within one another (section 5.1).
      encaplimit: 'none',
    }),
  ],
}
