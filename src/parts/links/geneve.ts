/** geneve: Ethernet frames in UDP, with options (RFC 8926; drivers/net/geneve.c). */
import { z } from 'zod'
import { geneve as geneveNeed } from '../needs/geneve.ts'
import { whole } from '../words.ts'
import type { LinkKind, OneEnd } from './link.ts'
import { deviceLine, optionWords } from './new-device.ts'
import { givenOnce, udpTunnel } from './tunnel.ts'

/** Of the 24 bits of a network's number. */
const mostId = 2 ** 24 - 1

const shape = {
  id: whole(`a virtual network identifier, 0 to ${mostId}`, 0, mostId)
    .optional()
    .describe('The virtual network identifier.'),
  ...udpTunnel(6081),
  external: z
    .boolean('true or false')
    .default(false)
    .describe(
      'Whether id and remote come with every packet, from a route or a BPF program (collect metadata).',
    ),
}

export const geneve: LinkKind<typeof shape, OneEnd> = {
  name: 'geneve',
  words:
    'A tunnel of Ethernet frames in UDP. What it carries is 50 bytes shorter over IPv4, 70 over IPv6: set mtu.',
  need: geneveNeed,
  endCount: 1,
  shape,
  check: (link) => [
    ...givenOnce(link),
    ...(link.external || link.remote !== undefined
      ? []
      : [{ at: ['remote'], message: 'missing, as it is not "external"' }]),
  ],
  createLines(link, fileOf) {
    const { id, remote, port, external } = link
    const what = external ? 'external' : optionWords({ id, remote })
    return [deviceLine(link, fileOf, `type geneve ${what} dstport ${port}`)]
  },
}
