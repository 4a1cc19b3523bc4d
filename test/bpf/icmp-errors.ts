/** ICMP errors about replies of the service, good ones and others. Pure. */
import { client, datagram, request, segment, servicePort, virtualAddress } from './dsr-network.ts'
import { icmp, ipv4, type Packet } from './packet.ts'

const answer = { sourcePort: servicePort, destinationPort: 40_000 } as const

/** The beginning of a reply that `source` sent the client, as a router quotes it. */
export function quotedReply(source: string, changes: Partial<Packet> = {}, bytes = 28): Buffer {
  const reply = request({ source, destination: client, content: datagram(answer), ...changes })
  return ipv4(reply).subarray(0, bytes)
}

/** What a packet has other than an error that a router sends the service by itself. */
type Changes = Partial<Packet>

const fromRouter = (bytes: Buffer, changes: Changes): Packet =>
  request({ source: '172.17.0.3', content: { protocol: 1, bytes }, ...changes })

/** Errors about flows of the client's port 40,000, which quote replies from `source`. */
export function goodErrors(
  changes: Changes = {},
  source: string = virtualAddress,
): Readonly<Record<string, Packet>> {
  const quote = (quoted: Changes = {}, bytes?: number) => quotedReply(source, quoted, bytes)
  const options = Buffer.alloc(8, 1)
  return {
    'that a link is too narrow': fromRouter(icmp(3, 4, quote()), changes),
    'that a port is closed': fromRouter(icmp(3, 3, quote()), changes),
    'that the TTL has ended': fromRouter(icmp(11, 0, quote()), changes),
    'that a parameter is wrong': fromRouter(icmp(12, 0, quote()), changes),
    'that quotes the whole reply': fromRouter(icmp(3, 4, quote({}, 62)), changes),
    'about a reply with IP options': fromRouter(icmp(3, 4, quote({ options }, 36)), changes),
    'with IP options': fromRouter(icmp(3, 4, quote()), { ...changes, options }),
    'about the first fragment of a reply': fromRouter(icmp(11, 1, quote({ fragment: 0x2000 })), changes),
    'about a segment': fromRouter(icmp(3, 4, quote({ content: segment(answer) })), changes),
  }
}

const withFirstByte = (byte: number, bytes: Buffer): Buffer =>
  Buffer.concat([Buffer.from([byte]), bytes.subarray(1)])

/** ICMP messages that are not about the service, or not to be understood. */
export function otherErrors(changes: Changes = {}): Readonly<Record<string, Packet>> {
  const quote = (quoted: Changes = {}, bytes?: number) => quotedReply(virtualAddress, quoted, bytes)
  return {
    'about a reply from another address': fromRouter(icmp(3, 4, quotedReply('192.168.25.11')), changes),
    'about a later fragment': fromRouter(icmp(11, 1, quote({ fragment: 0x0010 })), changes),
    'that is no error': fromRouter(icmp(5, 0, quote()), changes),
    'that is a fragment': fromRouter(icmp(3, 4, quote()), { ...changes, fragment: 0x2000 }),
    'about ICMP': fromRouter(
      icmp(3, 4, quote({ content: { protocol: 1, bytes: Buffer.alloc(8) } })),
      changes,
    ),
    'that quotes too little': fromRouter(icmp(3, 4, quote({}, 23)), changes),
    'that quotes IP version 6': fromRouter(icmp(3, 4, withFirstByte(0x65, quote())), changes),
    'that quotes a header of 16 bytes': fromRouter(icmp(3, 4, withFirstByte(0x44, quote())), changes),
  }
}

/** Errors about other services and flows than the client's port 40,000 has. */
export const errorsAboutOtherFlows: Readonly<Record<string, Packet>> = {
  'about no flow': fromRouter(
    icmp(3, 4, quotedReply(virtualAddress, { content: datagram({ ...answer, destinationPort: 40_001 }) })),
    {},
  ),
  'about another service': fromRouter(
    icmp(3, 4, quotedReply(virtualAddress, { content: datagram({ ...answer, sourcePort: 7001 }) })),
    {},
  ),
}
