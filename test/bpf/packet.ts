/** IPv4 packets as descriptions, and the Ethernet frames that they are. Pure. */
import { internetChecksum, onesComplementSum, pseudoHeader } from './internet-checksum.ts'

/**
 * What stands in the checksum field: the `complete` checksum, the sum of the pseudo-header that a sender
 * leaves to be completed (`partial`), or zero (`none`, UDP only).
 */
export type Checksum = 'complete' | 'partial' | 'none'

export interface Transport {
  readonly protocol: 'tcp' | 'udp'
  readonly sourcePort: number
  readonly destinationPort: number
  readonly payload: Buffer
  readonly checksum: Checksum
}

export interface Packet {
  readonly sourceMac: string
  readonly destinationMac: string
  readonly source: string
  readonly destination: string
  readonly dscp: number
  readonly ecn: number
  readonly identification: number
  /** Flags and offset as they stand in the header (RFC 791 section 3.1). */
  readonly fragment: number
  readonly ttl: number
  /** IP options, a multiple of four bytes. */
  readonly options: Buffer
  /** A datagram or segment, or a protocol's number and bytes as they are. */
  readonly content: Transport | { readonly protocol: number; readonly bytes: Buffer }
}

export const etherTypes = { ipv4: 0x0800, vlan: 0x8100, ipv6: 0x86dd } as const
const protocolNumbers = { tcp: 6, udp: 17 } as const
const checksumOffsets = { tcp: 16, udp: 6 } as const

export const macBytes = (text: string): Buffer => Buffer.from(text.replaceAll(':', ''), 'hex')
export const addressBytes = (text: string): Buffer => Buffer.from(text.split('.').map(Number))

/** The IPv4 packet with every checksum computed anew. */
export function ipv4(packet: Packet): Buffer {
  const { source, destination, dscp, ecn, identification, fragment, ttl, options, content } = packet
  const bytes = transportOf(packet)
  const header = Buffer.alloc(20 + options.length)
  header.writeUInt8((4 << 4) | (header.length / 4), 0)
  header.writeUInt8((dscp << 2) | ecn, 1)
  header.writeUInt16BE(header.length + bytes.length, 2)
  header.writeUInt16BE(identification, 4)
  header.writeUInt16BE(fragment, 6)
  header.writeUInt8(ttl, 8)
  header.writeUInt8('bytes' in content ? content.protocol : protocolNumbers[content.protocol], 9)
  header.set(addressBytes(source), 12)
  header.set(addressBytes(destination), 16)
  header.set(options, 20)
  header.writeUInt16BE(internetChecksum(header), 10)
  return Buffer.concat([header, bytes])
}

/** What follows the IP header. */
export const transportOf = ({ content, source, destination }: Packet): Buffer =>
  'bytes' in content ? content.bytes : transport(content, addressBytes(source), addressBytes(destination))

function transport(content: Transport, source: Buffer, destination: Buffer): Buffer {
  const { protocol, sourcePort, destinationPort, payload, checksum } = content
  const header = Buffer.alloc(protocol === 'tcp' ? 20 : 8)
  header.writeUInt16BE(sourcePort, 0)
  header.writeUInt16BE(destinationPort, 2)
  if (protocol === 'tcp')
    // Sequence and acknowledgement numbers; a header of five words, ACK and PSH; a window.
    header.set([0x5a, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x50, 0x18, 0x10, 0x00], 4)
  else header.writeUInt16BE(header.length + payload.length, 4)
  const bytes = Buffer.concat([header, payload])
  const pseudo = pseudoHeader(source, destination, protocolNumbers[protocol], bytes.length)
  const fields = {
    none: () => 0,
    partial: () => onesComplementSum(pseudo),
    // Zero would say that there is none (RFC 768).
    complete: () => internetChecksum(Buffer.concat([pseudo, bytes])) || (protocol === 'udp' ? 0xffff : 0),
  }
  bytes.writeUInt16BE(fields[checksum](), checksumOffsets[protocol])
  return bytes
}

/** What stands in the checksum field of a segment or datagram. */
export function checksumOf(packet: Packet): number {
  if ('bytes' in packet.content) throw new Error('neither a segment nor a datagram')
  return transportOf(packet).readUInt16BE(checksumOffsets[packet.content.protocol])
}

/** An ICMP message (RFC 792): type, code, four bytes that are a number or zero, and what follows. */
export function icmp(type: number, code: number, content: Buffer, more = 0): Buffer {
  const message = Buffer.concat([Buffer.from([type, code, 0, 0, 0, 0, 0, 0]), content])
  message.writeUInt32BE(more, 4)
  message.writeUInt16BE(internetChecksum(message), 2)
  return message
}

export function ethernet(
  { sourceMac, destinationMac }: Pick<Packet, 'sourceMac' | 'destinationMac'>,
  type: number,
  content: Buffer,
): Buffer {
  return Buffer.concat([
    macBytes(destinationMac),
    macBytes(sourceMac),
    Buffer.from([type >> 8, type & 0xff]),
    content,
  ])
}

export const frameOf = (packet: Packet): Buffer => ethernet(packet, etherTypes.ipv4, ipv4(packet))
