/** What a captured frame says, when it carries TCP or UDP and no extension header of IPv6. Pure. */
import { asWritten } from '../../src/parts/ip-address.ts'
import { onesComplementSum } from '../bpf/internet-checksum.ts'

export interface FoundPacket {
  readonly protocol: 'tcp' | 'udp'
  readonly source: string
  readonly destination: string
  readonly sourcePort: number
  readonly destinationPort: number
  /** Or the hop limit. */
  readonly ttl: number
  /** Whether the checksum of the IPv4 header holds; IPv6 has none. */
  readonly isHeaderValid: boolean
  /** Whether the checksum of TCP or UDP is there and holds. */
  readonly isContentValid: boolean
}

/** The packet in a frame; undefined where it is something else. */
export function packetIn(frame: Buffer): FoundPacket | undefined {
  const ip = frame.subarray(14)
  const etherType = frame.readUInt16BE(12)
  const header = etherType === 0x0800 ? header4(ip) : etherType === 0x86dd ? header6(ip) : undefined
  if (header === undefined) return undefined
  const { addresses, content, protocolNumber, ...rest } = header
  const protocol = ({ 6: 'tcp', 17: 'udp' } as const)[protocolNumber]
  if (protocol === undefined) return undefined
  const lengthAndProtocol = Buffer.alloc(8)
  lengthAndProtocol.writeUInt32BE(content.length, 0)
  lengthAndProtocol[7] = protocolNumber
  const checksum = content.readUInt16BE(protocol === 'tcp' ? 16 : 6)
  return {
    protocol,
    sourcePort: content.readUInt16BE(0),
    destinationPort: content.readUInt16BE(2),
    ...rest,
    isContentValid:
      checksum !== 0 && onesComplementSum(Buffer.concat([addresses, lengthAndProtocol, content])) === 0xffff,
  }
}

interface Header extends Pick<FoundPacket, 'source' | 'destination' | 'ttl' | 'isHeaderValid'> {
  readonly protocolNumber: number
  /** As the pseudo-header has them; that of IPv4 has other fields behind them than that of IPv6, with the same sum. */
  readonly addresses: Buffer
  readonly content: Buffer
}

function header4(ip: Buffer): Header {
  const headerBytes = (ip[0]! & 0xf) * 4
  return {
    source: ip.subarray(12, 16).join('.'),
    destination: ip.subarray(16, 20).join('.'),
    ttl: ip[8]!,
    protocolNumber: ip[9]!,
    addresses: ip.subarray(12, 20),
    // A short frame is padded.
    content: ip.subarray(headerBytes, ip.readUInt16BE(2)),
    isHeaderValid: onesComplementSum(ip.subarray(0, headerBytes)) === 0xffff,
  }
}

const addressText = (bytes: Buffer): string =>
  asWritten(bytes.toString('hex').replaceAll(/(....)(?=.)/g, '$1:'))

const header6 = (ip: Buffer): Header => ({
  source: addressText(ip.subarray(8, 24)),
  destination: addressText(ip.subarray(24, 40)),
  ttl: ip[7]!,
  protocolNumber: ip[6]!,
  addresses: ip.subarray(8, 40),
  content: ip.subarray(40, 40 + ip.readUInt16BE(4)),
  isHeaderValid: true,
})
