/** Ethernet frames, byte by byte: good ones, and each way in which one can be odd. Pure. */
import { internetChecksum } from '../bpf/internet-checksum.ts'

export interface FrameAddresses {
  readonly sourceMac: string
  readonly destinationMac: string
}

/** What a datagram has other than usual. */
export interface Oddities {
  readonly destination?: string
  readonly protocol?: number
  readonly version?: number
  readonly ttl?: number
  /** IP options, a multiple of four bytes. */
  readonly options?: Buffer
  /** Flags and offset as they stand in the header (RFC 791 section 3.1). */
  readonly fragment?: number
  /** The length that the IP header claims, instead of the right one. */
  readonly totalBytes?: number
  /** What follows the IP header, instead of a UDP datagram to the service. */
  readonly content?: Buffer
}

/** The service of the scenario, and the client's address. */
const service = { address: '10.10.3.20', port: 7000 }
const client = { address: '10.10.2.11', port: 40_000 }

const macBytes = (text: string): Buffer => Buffer.from(text.replaceAll(':', ''), 'hex')
const addressBytes = (text: string): Buffer => Buffer.from(text.split('.').map(Number))

export const ethernet = (
  { sourceMac, destinationMac }: FrameAddresses,
  type: number,
  content: Buffer,
): Buffer => {
  const typeBytes = Buffer.alloc(2)
  typeBytes.writeUInt16BE(type)
  return Buffer.concat([macBytes(destinationMac), macBytes(sourceMac), typeBytes, content])
}

/** A UDP datagram without a checksum, which IPv4 allows (RFC 768). */
export function udp({
  port = service.port,
  payload = Buffer.from('a payload of 32 bytes, no more..'),
  udpBytes = 8 + payload.length,
}: {
  readonly port?: number
  readonly payload?: Buffer
  /** The length that the header claims, instead of the right one. */
  readonly udpBytes?: number
} = {}): Buffer {
  const header = Buffer.alloc(8)
  header.writeUInt16BE(client.port, 0)
  header.writeUInt16BE(port, 2)
  header.writeUInt16BE(udpBytes, 4)
  return Buffer.concat([header, payload])
}

/** An IPv4 packet from the client; by default a UDP datagram to the service. */
export function ipv4({
  destination = service.address,
  protocol = 17,
  version = 4,
  ttl = 64,
  options = Buffer.alloc(0),
  fragment = 0,
  content = udp(),
  totalBytes = 20 + options.length + content.length,
}: Oddities = {}): Buffer {
  const header = Buffer.alloc(20)
  header.writeUInt8((version << 4) | (5 + options.length / 4), 0)
  header.writeUInt16BE(totalBytes, 2)
  header.writeUInt16BE(0x1234, 4)
  header.writeUInt16BE(fragment, 6)
  header.writeUInt8(ttl, 8)
  header.writeUInt8(protocol, 9)
  addressBytes(client.address).copy(header, 12)
  addressBytes(destination).copy(header, 16)
  const whole = Buffer.concat([header, options])
  whole.writeUInt16BE(internetChecksum(whole), 10)
  return Buffer.concat([whole, content])
}

/** An ICMP echo request; `identifier` tells one from another. */
export function echoRequest(identifier: number): Buffer {
  const message = Buffer.alloc(16)
  message.writeUInt8(8, 0)
  message.writeUInt16BE(identifier, 4)
  message.writeUInt16BE(internetChecksum(message), 2)
  return message
}

/** The first segment of a connection. @param headerWords the length that its header says, of 4 bytes each */
function tcpSyn(headerWords = 5): Buffer {
  const segment = Buffer.alloc(20)
  segment.writeUInt16BE(client.port, 0)
  segment.writeUInt16BE(service.port, 2)
  segment.writeUInt16BE(segment.length, 4)
  segment.writeUInt8(headerWords << 4, 12)
  segment.writeUInt8(0x02, 13)
  return segment
}

function ipv6Udp(): Buffer {
  const datagram = udp()
  const header = Buffer.alloc(40)
  header.writeUInt8(6 << 4, 0)
  header.writeUInt16BE(datagram.length, 4)
  header.writeUInt8(17, 6)
  header.writeUInt8(64, 7)
  Buffer.from('20010db8000000000000000000000001', 'hex').copy(header, 8)
  Buffer.from('20010db8000000000000000000000002', 'hex').copy(header, 24)
  return Buffer.concat([header, datagram])
}

const etherTypes = { ipv4: 0x0800, vlan: 0x8100, ipv6: 0x86dd } as const

const vlan = (to: FrameAddresses, identifier: number): Buffer =>
  ethernet(to, etherTypes.vlan, Buffer.concat([Buffer.from([0, identifier, 0x08, 0x00]), ipv4()]))

/** An IPv4 packet in a frame. */
export const ipv4Frame = (addresses: FrameAddresses, oddities: Oddities = {}): Buffer =>
  ethernet(addresses, etherTypes.ipv4, ipv4(oddities))

/** Frames that the program redirects. */
export const redirectedFrames = {
  'a datagram to the service': (to: FrameAddresses) => ipv4Frame(to),
  'a datagram of one byte, padded to the least frame of Ethernet': (to: FrameAddresses) =>
    Buffer.concat([ipv4Frame(to, { content: udp({ payload: Buffer.from('x') }) }), Buffer.alloc(17)]),
  'a datagram without payload': (to: FrameAddresses) =>
    ipv4Frame(to, { content: udp({ payload: Buffer.alloc(0) }) }),
  'a datagram with the last TTL that a router forwards': (to: FrameAddresses) => ipv4Frame(to, { ttl: 2 }),
  'a datagram that must not be fragmented': (to: FrameAddresses) => ipv4Frame(to, { fragment: 0x4000 }),
  'a datagram of the largest size': (to: FrameAddresses) =>
    ipv4Frame(to, { content: udp({ payload: Buffer.alloc(1472, 'x') }) }),
  'a segment of TCP to the service': (to: FrameAddresses) =>
    ipv4Frame(to, { protocol: 6, content: tcpSyn() }),
} as const

/**
 * Frames that the program leaves to the stack. `forwarded`: what the stack then does is to send them
 * on; it answers or drops the others.
 */
export const untouchedFrames: Readonly<
  Record<string, { readonly build: (to: FrameAddresses) => Buffer; readonly isForwarded: boolean }>
> = {
  'to another port': {
    build: (to) => ipv4Frame(to, { content: udp({ port: 7001 }) }),
    isForwarded: true,
  },
  'to another address': {
    build: (to) => ipv4Frame(to, { destination: '10.10.3.11' }),
    isForwarded: true,
  },
  'of TCP whose header says that it is longer than the packet': {
    build: (to) => ipv4Frame(to, { protocol: 6, content: tcpSyn(6) }),
    isForwarded: true,
  },
  'of ICMP': { build: (to) => ipv4Frame(to, { protocol: 1, content: echoRequest(1) }), isForwarded: true },
  'with IP options': {
    build: (to) => ipv4Frame(to, { options: Buffer.from([1, 1, 1, 0]) }),
    isForwarded: true,
  },
  // The first option ends the list: what follows it could be anything.
  'with IP options that look like a UDP header': {
    build: (to) =>
      ipv4Frame(to, { options: Buffer.concat([Buffer.alloc(2), udp({ udpBytes: 48 }).subarray(2, 8)]) }),
    isForwarded: true,
  },
  'with half a UDP header': {
    build: (to) => ipv4Frame(to, { content: udp().subarray(0, 4) }),
    isForwarded: true,
  },
  'with half a UDP header, and the rest of it behind the end': {
    build: (to) => ipv4Frame(to, { totalBytes: 24, content: udp({ udpBytes: 4 }) }),
    isForwarded: true,
  },
  'with a UDP length beyond its end': {
    build: (to) => ipv4Frame(to, { content: udp({ udpBytes: 41 }) }),
    isForwarded: true,
  },
  'with a UDP length before its end': {
    build: (to) => ipv4Frame(to, { content: udp({ udpBytes: 39 }) }),
    isForwarded: true,
  },
  'with a UDP length less than a UDP header': {
    build: (to) => ipv4Frame(to, { content: udp({ udpBytes: 7 }) }),
    isForwarded: true,
  },
  'with an IP length beyond its end': {
    build: (to) => ipv4Frame(to, { totalBytes: 61, content: udp({ udpBytes: 41 }) }),
    isForwarded: false,
  },
  'with an IP length less than an IP header': {
    build: (to) => ipv4Frame(to, { totalBytes: 19 }),
    isForwarded: false,
  },
  'of IP version 5': { build: (to) => ipv4Frame(to, { version: 5 }), isForwarded: false },
  'of IP version 6': { build: (to) => ethernet(to, etherTypes.ipv6, ipv6Udp()), isForwarded: false },
  'with a TTL that ends at the router': { build: (to) => ipv4Frame(to, { ttl: 1 }), isForwarded: false },
  'with a TTL that ended before': { build: (to) => ipv4Frame(to, { ttl: 0 }), isForwarded: false },
  'in a VLAN': { build: (to) => vlan(to, 5), isForwarded: false },
  // VLAN 0 is no VLAN: the tag only carries a priority (IEEE 802.1Q).
  'with a priority tag': { build: (to) => vlan(to, 0), isForwarded: true },
  "with another host's MAC address": {
    build: (to) => ipv4Frame({ ...to, destinationMac: '02:00:00:00:00:99' }),
    isForwarded: false,
  },
  'to every host of the link': {
    build: (to) => ipv4Frame({ ...to, destinationMac: 'ff:ff:ff:ff:ff:ff' }),
    isForwarded: false,
  },
  // Last: half a minute after a first fragment the server tells its sender that the others never came.
  'that is a first fragment': { build: (to) => ipv4Frame(to, { fragment: 0x2000 }), isForwarded: true },
  'that is a later fragment': { build: (to) => ipv4Frame(to, { fragment: 0x0040 }), isForwarded: true },
}
