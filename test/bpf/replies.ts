/** What a backend sends in answer to requests that reached it. Pure. */
import { backends, macs, virtualAddress } from './dsr-network.ts'
import { type Packet, transportOf } from './packet.ts'

/** The answer to a marked or direct request, as the backend's stack sends it: from its own address. */
export function replyTo(packet: Packet): Packet {
  const { content } = packet
  if ('bytes' in content) throw new Error('a request without ports')
  return {
    ...packet,
    sourceMac: macs.here,
    destinationMac: macs.router,
    source: backends.behindRouter,
    destination: packet.source,
    dscp: 0,
    content: {
      ...content,
      sourcePort: content.destinationPort,
      destinationPort: content.sourcePort,
      // A frame that is run has no device to complete a partial one; what has none may stay without.
      checksum: content.checksum === 'none' ? 'none' : 'complete',
    },
  }
}

/** A reply as the client is to see it. */
export const fromService = (packet: Packet): Packet => ({ ...packet, source: virtualAddress })

const moreFragments = 0x2000

/** A packet in fragments of `bytes`, a multiple of 8, and what is left; the checksum is that of the whole. */
export function fragmentsOf(packet: Packet, bytes: number): Packet[] {
  const content = transportOf(packet)
  const protocol =
    'bytes' in packet.content ? packet.content.protocol : packet.content.protocol === 'tcp' ? 6 : 17
  return Array.from({ length: Math.ceil(content.length / bytes) }, (_, index) => ({
    ...packet,
    fragment: index * (bytes / 8) + ((index + 1) * bytes < content.length ? moreFragments : 0),
    content: { protocol, bytes: content.subarray(index * bytes, (index + 1) * bytes) },
  }))
}
