/** What tunnels have in common: their ends on the network below. Pure. */
import { isIPv4 } from 'node:net'
import { z } from 'zod'
import { asWritten } from '../ip-address.ts'
import { ipAddress, port } from '../words.ts'
import type { CreateLine, LinkEnd, LinkFault, NamespaceFile, OneEnd, UnderlayAddress } from './link.ts'
import { deviceLine, optionWords } from './new-device.ts'
import { homeOf, parentKey, parentOf } from './parent.ts'

const ipv4Address = z.ipv4('an IPv4 address').meta({ title: 'IPv4 address' })
const ipv6Address = z.ipv6('an IPv6 address').overwrite(asWritten).meta({ title: 'IPv6 address' })

const localWords = 'Where packets are sent from: an address of the namespace that the device is made in.'
const remoteWords = 'Where packets are sent to.'
const parentWords =
  'The device by which packets are sent; without it, the one that the routes lead to. It may be in another namespace.'

const keysOver = <Address extends z.ZodType>(address: Address) => ({
  local: address.describe(localWords),
  remote: address.describe(remoteWords),
  parent: parentKey.optional().describe(parentWords),
})

/** Keys of tunnels over IPv4 only. */
export const ipv4Tunnel = keysOver(ipv4Address)
/** Keys of tunnels over IPv6 only. */
export const ipv6Tunnel = keysOver(ipv6Address)

/** Keys of tunnels that are UDP. @param usual the port where none is given */
export const udpTunnel = (usual: number) => ({
  remote: ipAddress.optional().describe(remoteWords),
  port: port.default(usual).describe('The UDP port at both ends.'),
})

export const localKey = ipAddress.optional().describe(localWords)
export const underlayDevice = parentKey.optional().describe(parentWords)

interface Tunnel {
  readonly ends: readonly LinkEnd[]
  readonly local?: string | undefined
  readonly remote?: string | undefined
  readonly external?: boolean
  readonly id?: number | undefined
  readonly [key: string]: unknown
}

/** The address that a tunnel sends from, where it says it. */
export const tunnelUnderlay = (link: Tunnel): readonly UnderlayAddress[] =>
  link.local === undefined ? [] : [{ namespace: homeOf(link), address: link.local, at: ['local'] }]

/** That both addresses are of one family. */
export const oneFamily = ({ local, remote }: Tunnel): readonly LinkFault[] =>
  local === undefined || remote === undefined || isIPv4(local) === isIPv4(remote)
    ? []
    : [{ at: ['remote'], message: `${local} and ${remote} are not of one family of addresses` }]

/** That a tunnel's number and other end come with the link, or else with every packet. */
export function givenOnce({ external, id, remote }: Tunnel): readonly LinkFault[] {
  if (external !== true)
    return id === undefined ? [{ at: ['id'], message: 'missing, as it is not "external"' }] : []
  const given = { id, remote }
  return Object.entries(given).flatMap(([key, value]) =>
    value === undefined
      ? []
      : [{ at: [key], message: 'comes with every packet where the link is "external"' }],
  )
}

/** The line that makes a tunnel, which has its device below by a word of its own. @param options of its type */
export function tunnelLine(
  link: Tunnel & { readonly ends: OneEnd },
  fileOf: NamespaceFile,
  type: string,
  options: Readonly<Record<string, string | number | undefined>>,
): CreateLine {
  const { local, remote } = link
  const words = optionWords({ local, remote, dev: parentOf(link)?.device, ...options })
  const { line } = deviceLine({ ...link, parent: undefined }, fileOf, `${type} ${words}`)
  return { namespace: homeOf(link), line }
}
