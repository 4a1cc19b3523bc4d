/** What a frame holds, read independently of the programs under test. Pure. */

import { macBytes } from './packet.ts'

/** A packet whose IPv4 header is whole and fits its frame. Buffers are parts of the frame. */
export interface ParsedPacket {
  readonly header: Buffer
  readonly content: Buffer
  readonly protocol: number
  readonly dscp: number
  readonly ttl: number
  readonly identification: number
  readonly source: string
  readonly destination: string
  readonly fragmentOffset: number
  readonly hasMoreFragments: boolean
  /** Where in the content the checksum of TCP or UDP is, if the whole field is there. */
  readonly checksumAt: number | undefined
  /** The ports, where there is a whole TCP or UDP header to have them. */
  readonly ports: { readonly source: number; readonly destination: number } | undefined
  /** A whole TCP segment or UDP datagram that does not contradict itself. */
  readonly isWhole: boolean
}

const headerBytesOf = { 6: 20, 17: 8 } as const
const checksumPlaces = { 6: 16, 17: 6 } as const

const isTransport = (protocol: number): protocol is 6 | 17 => protocol === 6 || protocol === 17

/** Whether a frame is addressed to a device. */
export const isToMac = (frame: Buffer, mac: string): boolean => frame.subarray(0, 6).equals(macBytes(mac))

export function parsedPacket(frame: Buffer): ParsedPacket | undefined {
  return frame.length >= 34 && frame.readUInt16BE(12) === 0x0800 ? parsedIpv4(frame.subarray(14)) : undefined
}

/** The packet at the beginning of `bytes`. */
function parsedIpv4(bytes: Buffer): ParsedPacket | undefined {
  const headerBytes = (bytes[0]! & 0xf) * 4
  const totalBytes = bytes.readUInt16BE(2)
  if (bytes[0]! >> 4 !== 4 || headerBytes < 20 || totalBytes < headerBytes || totalBytes > bytes.length)
    return undefined
  const header = bytes.subarray(0, headerBytes)
  const content = bytes.subarray(headerBytes, totalBytes)
  const protocol = header[9]!
  const flags = header.readUInt16BE(6)
  const isFragment = (flags & 0x3fff) !== 0
  return {
    header,
    content,
    protocol,
    dscp: header[1]! >> 2,
    ttl: header[8]!,
    identification: header.readUInt16BE(4),
    source: header.subarray(12, 16).join('.'),
    destination: header.subarray(16, 20).join('.'),
    fragmentOffset: flags & 0x1fff,
    hasMoreFragments: (flags & 0x2000) !== 0,
    ...partsOf(protocol, content, isFragment),
  }
}

function partsOf(
  protocol: number,
  content: Buffer,
  isFragment: boolean,
): Pick<ParsedPacket, 'checksumAt' | 'ports' | 'isWhole'> {
  if (!isTransport(protocol) || content.length < headerBytesOf[protocol])
    return { checksumAt: undefined, ports: undefined, isWhole: false }
  const tcpHeaderBytes = (content[12]! >> 4) * 4
  const agrees =
    protocol === 17
      ? content.readUInt16BE(4) === content.length
      : tcpHeaderBytes >= 20 && tcpHeaderBytes <= content.length
  return {
    checksumAt: checksumPlaces[protocol],
    ports: { source: content.readUInt16BE(0), destination: content.readUInt16BE(2) },
    isWhole: !isFragment && agrees,
  }
}

/** What an ICMP error quotes of a TCP or UDP packet that was no later fragment. */
export interface Quote {
  readonly protocol: number
  readonly source: string
  readonly destination: string
  readonly ports: { readonly source: number; readonly destination: number }
  /** Where in the content the quoted header begins, and how long it is. */
  readonly at: number
  readonly headerBytes: number
}

export function quoteIn({
  protocol,
  content,
  fragmentOffset,
  hasMoreFragments,
}: ParsedPacket): Quote | undefined {
  if (protocol !== 1 || fragmentOffset !== 0 || hasMoreFragments || content.length < 32) return undefined
  if (![3, 11, 12].includes(content[0]!)) return undefined
  const quoted = content.subarray(8)
  const headerBytes = (quoted[0]! & 0xf) * 4
  if (quoted[0]! >> 4 !== 4 || headerBytes < 20 || quoted.length < headerBytes + 4) return undefined
  if ((quoted.readUInt16BE(6) & 0x1fff) !== 0 || !isTransport(quoted[9]!)) return undefined
  return {
    protocol: quoted[9],
    source: quoted.subarray(12, 16).join('.'),
    destination: quoted.subarray(16, 20).join('.'),
    ports: { source: quoted.readUInt16BE(headerBytes), destination: quoted.readUInt16BE(headerBytes + 2) },
    at: 8,
    headerBytes,
  }
}
