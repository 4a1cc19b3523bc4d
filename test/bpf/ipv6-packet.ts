/** IPv6 packets as descriptions, and the Ethernet frames that they are; and what is read of a frame. Pure. */
import { addressBytes } from '../../src/datapath/address-bytes.ts'
import { asWritten } from '../../src/parts/ip-address.ts'
import { internetChecksum, onesComplementSum } from './internet-checksum.ts'
import { macs } from './dsr-network.ts'

export const protocols = { tcp: 6, udp: 17, fragment: 44, icmpv6: 58 } as const
const checksumOffsets: Readonly<Record<number, number>> = { 6: 16, 17: 6, 58: 2 }

export interface Packet6 {
  readonly source: string
  readonly destination: string
  readonly dscp: number
  readonly hopLimit: number
  readonly nextHeader: number
  /** What follows the IPv6 header, its checksum zero. */
  readonly content: Buffer
  /** What stands in the checksum's place: see `Checksum` of IPv4. */
  readonly checksum: 'complete' | 'partial' | 'none'
}

const bytesOf = (address: string): Buffer => Buffer.from(addressBytes(address) ?? [])

/** RFC 8200 section 8.1. */
function pseudoHeader({ source, destination, nextHeader, content }: Packet6): Buffer {
  const rest = Buffer.alloc(8)
  rest.writeUInt32BE(content.length, 0)
  rest.writeUInt8(nextHeader, 7)
  return Buffer.concat([bytesOf(source), bytesOf(destination), rest])
}

function summed(packet: Packet6): Buffer {
  const content = Buffer.from(packet.content)
  const pseudo = pseudoHeader(packet)
  const at = checksumOffsets[packet.nextHeader]
  if (at === undefined) return content
  const complete = internetChecksum(Buffer.concat([pseudo, content])) || 0xffff
  content.writeUInt16BE({ complete, partial: onesComplementSum(pseudo), none: 0 }[packet.checksum], at)
  return content
}

export function ipv6(packet: Packet6): Buffer {
  const header = Buffer.alloc(40)
  header.writeUInt32BE(((6 << 28) | (packet.dscp << 22) | 0x12345) >>> 0, 0)
  header.writeUInt16BE(packet.content.length, 4)
  header.set([packet.nextHeader, packet.hopLimit], 6)
  header.set(bytesOf(packet.source), 8)
  header.set(bytesOf(packet.destination), 24)
  return Buffer.concat([header, summed(packet)])
}

/** From the client's MAC address to the host's own. */
export const frame6 = (packet: Packet6): Buffer =>
  Buffer.concat([
    Buffer.from(`${macs.here}${macs.client}`.replaceAll(':', ''), 'hex'),
    Buffer.from([0x86, 0xdd]),
    ipv6(packet),
  ])

export function datagram6(sourcePort: number, destinationPort: number, payloadBytes: number): Buffer {
  const udp = Buffer.alloc(8 + payloadBytes, 0x5a)
  udp.writeUInt16BE(sourcePort, 0)
  udp.writeUInt16BE(destinationPort, 2)
  udp.writeUInt16BE(udp.length, 4)
  udp.writeUInt16BE(0, 6)
  return udp
}

export function segment6(sourcePort: number, destinationPort: number, payloadBytes: number): Buffer {
  const tcp = Buffer.alloc(20 + payloadBytes, 0x5b)
  tcp.writeUInt16BE(sourcePort, 0)
  tcp.writeUInt16BE(destinationPort, 2)
  tcp.set([0x50, 0x18], 12)
  tcp.writeUInt16BE(0, 16)
  return tcp
}

/** An ICMPv6 error about a packet. */
export const error6 = (type: number, quoted: Buffer, more = 0): Buffer => {
  const head = Buffer.alloc(8)
  head.writeUInt8(type, 0)
  head.writeUInt32BE(more, 4)
  return Buffer.concat([head, quoted])
}

const text = (bytes: Buffer): string => asWritten(bytes.toString('hex').replaceAll(/(....)(?=.)/g, '$1:'))

/** What an IPv6 packet says, and whether its checksum is right. */
export function read6(packet: Buffer) {
  const content = packet.subarray(40, 40 + packet.readUInt16BE(4))
  const read = {
    source: text(packet.subarray(8, 24)),
    destination: text(packet.subarray(24, 40)),
    dscp: (packet.readUInt16BE(0) >> 6) & 63,
    hopLimit: packet[7]!,
    nextHeader: packet[6]!,
  }
  const pseudo = pseudoHeader({ ...read, content, checksum: 'complete' })
  const at = checksumOffsets[read.nextHeader] ?? 0
  return {
    ...read,
    flowLabel: packet.readUInt32BE(0) & 0xfffff,
    /** The sum that a sender leaves for a device to complete stands in its place. */
    isLeftToDevice: content.readUInt16BE(at) === onesComplementSum(pseudo),
    isSumRight: onesComplementSum(Buffer.concat([pseudo, content])) === 0xffff,
  }
}
