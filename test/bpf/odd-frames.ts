/** What a program leaves alone that would else change a packet: each way of being odd by itself. Pure. */
import { onesComplementSum } from './internet-checksum.ts'
import { ethernet, etherTypes, frameOf, icmp, ipv4, type Packet, transportOf } from './packet.ts'

/** A frame with bytes of its IP packet replaced, and the header's checksum made right again. */
function patched(packet: Packet, at: number, bytes: readonly number[]): Buffer {
  const frame = frameOf(packet)
  frame.set(bytes, 14 + at)
  frame.writeUInt16BE(0, 24)
  frame.writeUInt16BE(~onesComplementSum(frame.subarray(14, 34 + packet.options.length)) & 0xffff, 24)
  return frame
}

/** Odd variants of a good packet with a datagram, some of them with a segment of the same ports. */
export function oddFrames(good: Packet): Readonly<Record<string, Buffer>> {
  const { content } = good
  if ('bytes' in content) throw new Error('a packet without ports')
  const payload = Buffer.alloc(0)
  const empty: Packet = { ...good, content: { ...content, payload } }
  const tcp: Packet = { ...good, content: { ...content, protocol: 'tcp' } }
  const emptyTcp: Packet = { ...good, content: { ...content, protocol: 'tcp', payload } }
  const ipBytes = frameOf(good).length - 14
  const udpBytes = ipBytes - 20
  const inVlan = (identifier: number) =>
    ethernet(good, etherTypes.vlan, Buffer.concat([Buffer.from([0, identifier, 0x08, 0x00]), ipv4(good)]))
  return {
    'of another protocol': frameOf({ ...good, content: { protocol: 132, bytes: transportOf(good) } }),
    'of ICMP, an echo': frameOf({ ...good, content: { protocol: 1, bytes: icmp(8, 0, Buffer.alloc(28)) } }),
    'in a VLAN': inVlan(5),
    'with a priority tag': inVlan(0),
    'of IP version 6': ethernet(good, etherTypes.ipv6, Buffer.alloc(60, 0x60)),
    'of ARP': ethernet(good, 0x0806, ipv4(good)),
    'of IP version 5': patched(good, 0, [0x55]),
    'with an IP header of 16 bytes': patched(good, 0, [0x44]),
    'with an IP length less than its header': patched(good, 2, [0, 19]),
    'of TCP with an IP length less than its header': patched(tcp, 2, [0, 19]),
    'of TCP with an IP length of nothing': patched(tcp, 2, [0, 0]),
    'with an IP length beyond the frame': patched(good, 2, [0, ipBytes + 1]),
    'with an IP length that ends within its UDP header': patched(empty, 2, [0, 27]),
    'with an IP length that ends within its TCP header': patched(emptyTcp, 2, [0, 39]),
    'with a UDP length beyond its end': patched(good, 24, [0, udpBytes + 1]),
    'with a UDP length before its end': patched(good, 24, [0, udpBytes - 1]),
    'with a UDP length less than a UDP header': patched(empty, 24, [0, 7]),
    'with a TCP header of 16 bytes': patched(tcp, 32, [0x40]),
    'with a TCP header beyond its end': patched(emptyTcp, 32, [0x60]),
  }
}

/** The same packet as a fragment, by which part of a datagram it would be. */
export const fragments = (good: Packet): Readonly<Record<string, Buffer>> => ({
  'that is a first fragment': frameOf({ ...good, fragment: 0x2000 }),
  'that is a fragment in the middle': frameOf({ ...good, fragment: 0x2010 }),
  'that is a last fragment': frameOf({ ...good, fragment: 0x0010 }),
})

/** A frame cut short at every length from `leastBytes`. */
export const cutShort = (frame: Buffer, leastBytes: number): Buffer[] =>
  Array.from({ length: frame.length - leastBytes }, (_, more) => frame.subarray(0, leastBytes + more))
