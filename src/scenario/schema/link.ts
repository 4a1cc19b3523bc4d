/** Links: pairs of devices, and devices by themselves. */
import { z } from 'zod'
import type { LinkKind } from '../../parts/links/link.ts'
import { defaultLinkKind, linkKinds } from '../../parts/links/links.ts'
import { deviceName, macAddress, plainName, prefix } from '../../parts/words.ts'
import { deviceSettings } from './device-settings.ts'

const linkEnd = z
  .strictObject({
    namespace: plainName.describe('The namespace that this end is in.'),
    device: deviceName.describe('The name of the device there.'),
    mac: macAddress.optional().describe('Its MAC address; without it, one that the kernel makes up.'),
    addresses: z.array(prefix).default([]).describe('Its IP addresses.'),
    bridge: deviceName.optional().describe('The bridge, of the same namespace, that this end is a port of.'),
    ...deviceSettings,
  })
  .meta({ title: 'end of a link' })

const twoEnds = z
  .array(linkEnd)
  .length(2, 'two ends')
  .transform((ends) => ends as [LinkEnd, LinkEnd])
  .describe('The two ends.')

const oneEnd = z
  .array(linkEnd)
  .length(1, 'one end')
  .transform((ends) => ends as [LinkEnd])
  .describe('The device, in a list of one.')

const shortLink = twoEnds
  .transform((ends): Link => ({ kind: defaultLinkKind, ends }))
  .describe(`A link of kind ${defaultLinkKind}: its two ends.`)

const formOf = ({ name, words, shape, endCount }: LinkKind) =>
  z.strictObject({
    kind: z.literal(name).describe(words),
    ends: endCount === 1 ? oneEnd : twoEnds,
    ...shape,
  })

const [first, ...others] = linkKinds.map(formOf)
const longLink = z
  .discriminatedUnion('kind', [first!, ...others], {
    error: `a kind of link: ${linkKinds.map(({ name }) => name).join(', ')}`,
  })
  .transform((link) => link as Link)

export const linkSchema = z.union([shortLink, longLink])

export type LinkEnd = z.infer<typeof linkEnd>

interface Keys {
  readonly kind: string
  readonly [key: string]: unknown
}
/** A pair of devices: its kind, its ends, and its kind's own keys. */
export interface Pair extends Keys {
  readonly ends: readonly [LinkEnd, LinkEnd]
}
/** A device by itself, or on another. */
export interface Single extends Keys {
  readonly ends: readonly [LinkEnd]
}
/** A link, however it was written. */
export type Link = Pair | Single
