/** A frame that a program works on, to measure what a run of it costs. Pure. */
import { addressBytes } from './address-bytes.ts'
import { parseEndpoint } from '../parts/ip-address.ts'
import type { SampleDatagram } from '../scenario/schema.ts'

const payloadBytes = 64
const ethernetBytes = 14
const udpBytes = 8
const udpProtocol = 17
const ttl = 64

/**
 * An Ethernet frame with an unfragmented UDP datagram of 64 bytes of payload, its checksums complete.
 *
 * @param destinationMac of the device that the program is attached to: the kernel tells from it whether
 * a frame is for this host
 */
export function sampleFrame({ source, destination, dscp }: SampleDatagram, destinationMac: string): Buffer {
  const [from, to] = [endOf(source), endOf(destination)]
  const addresses = Buffer.from([...from.address, ...to.address])
  const isIPv6 = from.address.length === 16

  const ethernet = Buffer.alloc(ethernetBytes)
  ethernet.set(Buffer.from(destinationMac.replaceAll(':', ''), 'hex'), 0)
  // A locally administered address, as no host of a scenario has it unless it says so.
  ethernet.set([0x02, 0, 0, 0, 0, 0x01], 6)
  ethernet.writeUInt16BE(isIPv6 ? 0x86dd : 0x0800, 12)

  const udp = Buffer.alloc(udpBytes + payloadBytes)
  udp.writeUInt16BE(from.port, 0)
  udp.writeUInt16BE(to.port, 2)
  udp.writeUInt16BE(udp.length, 4)
  // What IPv4's and IPv6's pseudo-headers have beside addresses adds up to the same (RFC 768, RFC 8200 section 8.1).
  const pseudoHeader = Buffer.concat([addresses, Buffer.from([0, udpProtocol]), udp.subarray(4, 6)])
  udp.writeUInt16BE(internetChecksum(Buffer.concat([pseudoHeader, udp])) || 0xffff, 6)
  const ip = isIPv6 ? ipv6Header(addresses, dscp) : ipv4Header(addresses, dscp)
  return Buffer.concat([ethernet, ip, udp])
}

function ipv4Header(addresses: Buffer, dscp: number): Buffer {
  const ip = Buffer.alloc(20)
  ip.set([0x45, dscp << 2])
  ip.writeUInt16BE(ip.length + udpBytes + payloadBytes, 2)
  ip.set([ttl, udpProtocol], 8)
  ip.set(addresses, 12)
  ip.writeUInt16BE(internetChecksum(ip), 10)
  return ip
}

function ipv6Header(addresses: Buffer, dscp: number): Buffer {
  const ip = Buffer.alloc(40)
  // The version, then the traffic class, whose upper 6 bits are the code point, and no flow label.
  ip.writeUInt16BE((6 << 12) | (dscp << 6), 0)
  ip.writeUInt16BE(udpBytes + payloadBytes, 4)
  ip.set([udpProtocol, ttl], 6)
  ip.set(addresses, 8)
  return ip
}

/** @throws Error for a text that a scenario cannot have */
function endOf(text: string): { readonly address: readonly number[]; readonly port: number } {
  const end = parseEndpoint(text)
  const address = end && addressBytes(end.address)
  if (end === undefined || address === undefined) throw new Error(`${text} is no address with a port`)
  return { address, port: end.port }
}

/** RFC 1071, over an even number of bytes. */
function internetChecksum(bytes: Buffer): number {
  let sum = 0
  for (let at = 0; at < bytes.length; at += 2) sum += bytes.readUInt16BE(at)
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
  return ~sum & 0xffff
}
