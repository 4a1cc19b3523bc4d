/** ICMP errors that a backend's own stack sends about requests that reached it. Pure. */
import { macs, marked, request, virtualAddress } from './dsr-network.ts'
import { icmp, ipv4, type Packet } from './packet.ts'

/** What an error has other than one that says that a port is closed, and quotes as Linux does. */
export type ErrorChanges = Partial<Packet> & {
  readonly type?: number
  readonly code?: number
  /** How much of the packet is quoted at most; the 548 bytes that Linux quotes by default (net/ipv4/icmp.c). */
  readonly bytes?: number
}

/** An error that the destination of a packet sends about it, as Linux marks it. */
export function errorAbout(
  packet: Packet,
  { type = 3, code = 3, source = packet.destination, bytes = 548, ...changes }: ErrorChanges = {},
): Packet {
  return {
    ...request(),
    sourceMac: macs.here,
    destinationMac: macs.router,
    source,
    destination: packet.source,
    dscp: 54,
    content: { protocol: 1, bytes: icmp(type, code, ipv4(packet).subarray(0, bytes)) },
    ...changes,
  }
}

/** A request as it comes to the backend, behind two routers. */
export const arrived = (packet: Packet): Packet => ({ ...marked(packet), ttl: 62 })

/** As it would have come to the service itself. */
export const toService = (packet: Packet): Packet => ({ ...packet, destination: virtualAddress })
