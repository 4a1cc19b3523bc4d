/** IPv4 and IPv6 addresses as text: their family, their one spelling, with a port. Pure. */
import { isIPv4, isIPv6, SocketAddress } from 'node:net'

/** IPv4 or IPv6. */
export type Family = 4 | 6

/** Of an address, or of a prefix. */
export const familyOf = (address: string): Family => (address.includes(':') ? 6 : 4)

/** Whether two addresses are of one family. */
export const areOfOneFamily = (one: string, other: string): boolean => familyOf(one) === familyOf(other)

/** An address, with its prefix length if it has one, as the kernel writes it: `FD00:0::1/64` becomes `fd00::1/64`. */
export function asWritten(text: string): string {
  const [address = '', length] = text.split('/')
  if (!isIPv6(address)) return text
  const written = new SocketAddress({ address, family: 'ipv6' }).address
  return length === undefined ? written : `${written}/${length}`
}

/** The longest UDP payload that one Ethernet frame of 1500 bytes carries: 20 or 40 bytes of IP header, 8 of UDP's. */
export const mostPayloadBytes = (family: Family): number => 1500 - (family === 6 ? 40 : 20) - 8

/** `10.0.0.1:7000`, `[fd00::1]:7000`. */
export const endpointText = (address: string, port: number): string =>
  familyOf(address) === 6 ? `[${address}]:${port}` : `${address}:${port}`

/** An address and a port from `10.0.0.1:7000` or `[fd00::1]:7000`; undefined for any other text. */
export function parseEndpoint(text: string): { readonly address: string; readonly port: number } | undefined {
  const [, six, four, digits] = /^(?:\[([\da-fA-F:.]+)\]|([\d.]+)):(\d{1,5})$/.exec(text) ?? []
  const port = Number(digits)
  const address = six ?? four ?? ''
  const isAddress = six === undefined ? isIPv4(address) : isIPv6(address)
  return isAddress && port >= 1 && port <= 65535 ? { address: asWritten(address), port } : undefined
}
