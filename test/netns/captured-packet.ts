/** What a captured frame says, when it carries IPv4 with TCP or UDP. Pure. */
import { onesComplementSum } from '../bpf/internet-checksum.ts'

export interface FoundPacket {
  readonly protocol: 'tcp' | 'udp'
  readonly source: string
  readonly destination: string
  readonly sourcePort: number
  readonly destinationPort: number
  readonly ttl: number
  /** Whether the checksum of the IPv4 header holds. */
  readonly isHeaderValid: boolean
  /** Whether the checksum of TCP or UDP is there and holds. */
  readonly isContentValid: boolean
}

/** The packet in a frame; undefined where it is something else. */
export function packetIn(frame: Buffer): FoundPacket | undefined {
  if (frame.readUInt16BE(12) !== 0x0800) return undefined
  const ip = frame.subarray(14)
  const protocol = { 6: 'tcp', 17: 'udp' }[ip[9]!] as 'tcp' | 'udp' | undefined
  if (protocol === undefined) return undefined
  const headerBytes = (ip[0]! & 0xf) * 4
  // A short frame is padded.
  const content = ip.subarray(headerBytes, ip.readUInt16BE(2))
  const pseudoHeader = Buffer.alloc(12)
  ip.copy(pseudoHeader, 0, 12, 20)
  pseudoHeader[9] = ip[9]!
  pseudoHeader.writeUInt16BE(content.length, 10)
  const checksum = content.readUInt16BE(protocol === 'tcp' ? 16 : 6)
  return {
    protocol,
    source: ip.subarray(12, 16).join('.'),
    destination: ip.subarray(16, 20).join('.'),
    sourcePort: content.readUInt16BE(0),
    destinationPort: content.readUInt16BE(2),
    ttl: ip[8]!,
    isHeaderValid: onesComplementSum(ip.subarray(0, headerBytes)) === 0xffff,
    isContentValid: checksum !== 0 && onesComplementSum(Buffer.concat([pseudoHeader, content])) === 0xffff,
  }
}
