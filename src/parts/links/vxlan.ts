/** vxlan: Ethernet frames in UDP (RFC 7348; drivers/net/vxlan). */
import { z } from 'zod'
import { vxlan as vxlanNeed } from '../needs/vxlan.ts'
import { whole } from '../words.ts'
import type { LinkKind, OneEnd } from './link.ts'
import {
  givenOnce,
  localKey,
  oneFamily,
  tunnelLine,
  tunnelUnderlay,
  udpTunnel,
  underlayDevice,
} from './tunnel.ts'

/** Of the 24 bits of a network's number. */
const mostId = 2 ** 24 - 1

const shape = {
  id: whole(`a VXLAN network identifier, 0 to ${mostId}`, 0, mostId)
    .optional()
    .describe('The VXLAN network identifier.'),
  local: localKey,
  ...udpTunnel(4789),
  parent: underlayDevice,
  external: z
    .boolean('true or false')
    .default(false)
    .describe(
      'Whether id and remote come with every packet, from a route or a BPF program (collect metadata).',
    ),
}

export const vxlan: LinkKind<typeof shape, OneEnd> = {
  name: 'vxlan',
  words:
    'A tunnel of Ethernet frames in UDP. What it carries is 50 bytes shorter over IPv4, 70 over IPv6: set mtu.',
  need: vxlanNeed,
  endCount: 1,
  shape,
  check: (link) => [...givenOnce(link), ...oneFamily(link)],
  underlay: tunnelUnderlay,
  createLines: (link, fileOf) => [
    tunnelLine(link, fileOf, `type vxlan ${link.external ? 'external' : `id ${link.id}`}`, {
      dstport: link.port,
    }),
  ],
}
