/** Addresses as their bytes, in the order in which they are sent. Pure. */
import { isIPv4, isIPv6 } from 'node:net'

/** The bytes of an IPv4, IPv6 or MAC address; undefined for any other text. */
export function addressBytes(text: string): number[] | undefined {
  if (/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(text)) return text.split(':').map((byte) => parseInt(byte, 16))
  return ipBytes(text)
}

/** The bytes of an IP address; undefined for any other text. */
export function ipBytes(text: string): number[] | undefined {
  if (isIPv4(text)) return text.split('.').map(Number)
  return isIPv6(text) && !text.includes('%') ? ipv6Bytes(text) : undefined
}

function ipv6Bytes(text: string): number[] {
  // The URL parser brings every form of RFC 4291 section 2.2 to groups of hexadecimal digits.
  const [head = '', tail] = new URL(`http://[${text}]`).hostname.slice(1, -1).split('::')
  const groups = (part: string | undefined) => (part === undefined || part === '' ? [] : part.split(':'))
  const front = groups(head)
  const back = groups(tail)
  const zeros = Array<string>(8 - front.length - back.length).fill('0')
  return [...front, ...zeros, ...back].flatMap((group) => {
    const word = parseInt(group, 16)
    return [word >> 8, word & 0xff]
  })
}

export interface Prefix {
  readonly address: readonly number[]
  readonly lengthBits: number
  /** Whether bits behind the prefix are set: they mean nothing. */
  readonly hasMore: boolean
}

/** `10.10.0.0/16`, `fd00::/8`; an address alone is its own prefix. Undefined for any other text. */
export function parsePrefix(text: string): Prefix | undefined {
  const [, host = '', digits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? []
  const address = ipBytes(host)
  if (address === undefined) return undefined
  const lengthBits = digits === undefined ? address.length * 8 : Number(digits)
  if (lengthBits > address.length * 8) return undefined
  const isBehind = (byte: number, index: number) => {
    const kept = Math.min(8, Math.max(0, lengthBits - index * 8))
    return (byte & (0xff >> kept)) !== 0
  }
  return { address, lengthBits, hasMore: address.some(isBehind) }
}
