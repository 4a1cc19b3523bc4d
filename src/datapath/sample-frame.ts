/** A frame that a program works on, to measure what a run of it costs. Pure. */
import type { SampleDatagram } from '../scenario/schema.ts'

const payloadBytes = 64
const ethernetBytes = 14
const ipBytes = 20
const udpBytes = 8

/**
 * An Ethernet frame with an unfragmented UDP datagram of 64 bytes of payload, its checksums complete.
 *
 * @param destinationMac of the device that the program is attached to: the kernel tells from it whether
 * a frame is for this host
 */
export function sampleFrame({ source, destination, dscp }: SampleDatagram, destinationMac: string): Buffer {
  const frame = Buffer.alloc(ethernetBytes + ipBytes + udpBytes + payloadBytes)
  frame.set(Buffer.from(destinationMac.replaceAll(':', ''), 'hex'), 0)
  // A locally administered address, as no host of a scenario has it unless it says so.
  frame.set([0x02, 0, 0, 0, 0, 0x01], 6)
  frame.writeUInt16BE(0x0800, 12)

  const ip = frame.subarray(ethernetBytes)
  ip.set([0x45, dscp << 2])
  ip.writeUInt16BE(ipBytes + udpBytes + payloadBytes, 2)
  ip.set([64, 17], 8)
  ip.set(addressBytes(source), 12)
  ip.set(addressBytes(destination), 16)
  ip.writeUInt16BE(internetChecksum(ip.subarray(0, ipBytes)), 10)

  const udp = ip.subarray(ipBytes)
  udp.writeUInt16BE(port(source), 0)
  udp.writeUInt16BE(port(destination), 2)
  udp.writeUInt16BE(udp.length, 4)
  const pseudoHeader = Buffer.concat([ip.subarray(12, 20), Buffer.from([0, 17]), udp.subarray(4, 6)])
  udp.writeUInt16BE(internetChecksum(Buffer.concat([pseudoHeader, udp])) || 0xffff, 6)
  return frame
}

const addressBytes = (endpoint: string): number[] => (endpoint.split(':')[0] ?? '').split('.').map(Number)
const port = (endpoint: string): number => Number(endpoint.split(':')[1])

/** RFC 1071, over an even number of bytes. */
function internetChecksum(bytes: Buffer): number {
  let sum = 0
  for (let at = 0; at < bytes.length; at += 2) sum += bytes.readUInt16BE(at)
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
  return ~sum & 0xffff
}
