/**
 * What the DSR programs are tested with: the addresses of a balancer and its backends, the network
 * that the balancer sees, and packets of a client. Pure.
 */
import type { Checksum, Packet, Transport } from './packet.ts'

export const client = '172.17.0.4'
export const virtualAddress = '192.168.25.10'
export const servicePort = 7000
/** The mark of the service, as far from zero as it gets. */
export const serviceDscp = 46

/** Backends by where the balancer finds them. */
export const backends = {
  behindRouter: '172.19.0.3',
  alsoBehindRouter: '172.19.0.4',
  behindOtherDevice: '10.9.0.7',
  withoutNeighbour: '10.9.0.8',
  behindNarrowRoute: '172.20.0.3',
  withoutRoute: '10.7.0.1',
} as const

/** Bytes that a packet may have to `behindNarrowRoute`. */
export const narrowBytes = 600

export const macs = {
  client: '02:00:00:00:00:04',
  here: '02:00:00:00:00:02',
  router: '02:00:00:00:00:03',
  hereOther: '02:00:00:00:09:01',
  neighbourOther: '02:00:00:00:09:07',
} as const

/** Lines of `ip -batch`: a backend's device eth0. */
export const backendNetwork = [
  `link add eth0 address ${macs.here} type veth peer name far0`,
  'link set eth0 up',
  'link set far0 up',
]

/** Lines of `ip -batch`: the balancer's devices eth0 and eth1, neighbours and routes. */
export const balancerNetwork = [
  `link add eth0 address ${macs.here} type veth peer name far0`,
  `link add eth1 address ${macs.hereOther} type veth peer name far1`,
  'address add 172.17.0.2/24 dev eth0',
  'address add 10.9.0.1/24 dev eth1',
  ...['eth0', 'far0', 'eth1', 'far1'].map((device) => `link set ${device} mtu 9000 up`),
  `neighbour add 172.17.0.3 dev eth0 lladdr ${macs.router} nud permanent`,
  `neighbour add ${backends.behindOtherDevice} dev eth1 lladdr ${macs.neighbourOther} nud permanent`,
  'route add 172.19.0.0/24 via 172.17.0.3',
  `route add 172.20.0.0/24 via 172.17.0.3 mtu lock ${narrowBytes}`,
]

export const datagram = (changes: Partial<Transport> = {}): Transport => ({
  protocol: 'udp',
  sourcePort: 40_000,
  destinationPort: servicePort,
  payload: Buffer.from('a payload of an odd length, or not'),
  checksum: 'complete',
  ...changes,
})

export const segment = (changes: Partial<Transport> = {}): Transport =>
  datagram({ protocol: 'tcp', ...changes })

/** A packet from the client to the service, as it comes to the balancer. */
export const request = (changes: Partial<Packet> = {}): Packet => ({
  sourceMac: macs.client,
  destinationMac: macs.here,
  source: client,
  destination: virtualAddress,
  dscp: 0,
  ecn: 0,
  identification: 0x1234,
  fragment: 0x4000,
  ttl: 64,
  options: Buffer.alloc(0),
  content: datagram(),
  ...changes,
})

/** A request as the balancer sends it on to a backend. */
export const marked = (packet: Packet): Packet => ({
  ...packet,
  destination: backends.behindRouter,
  dscp: serviceDscp,
})

const dataBytes = (bytes: number): Buffer =>
  Buffer.from(Array.from({ length: bytes }, (_, at) => (at * 7 + 3) & 0xff))

const checksums: readonly Checksum[] = ['complete', 'partial']

/** Packets from the client to the service that a program has to handle, each in its own way. */
export const goodRequests: Readonly<Record<string, Packet>> = {
  ...Object.fromEntries(
    checksums.flatMap((checksum) => [
      [`a datagram, its checksum ${checksum}`, request({ content: datagram({ checksum }) })],
      [`a segment, its checksum ${checksum}`, request({ content: segment({ checksum }) })],
      [
        `a datagram of the greatest size, its checksum ${checksum}`,
        request({ content: datagram({ checksum, payload: dataBytes(1472) }) }),
      ],
      [
        `a segment of 3,000 bytes, its checksum ${checksum}`,
        request({ content: segment({ checksum, payload: dataBytes(2980) }) }),
      ],
      [
        `a segment with IP options, its checksum ${checksum}`,
        request({ options: Buffer.from([1, 1, 1, 0]), content: segment({ checksum }) }),
      ],
      [
        `a datagram with all IP options that fit, its checksum ${checksum}`,
        request({ options: Buffer.alloc(40, 1), content: datagram({ checksum }) }),
      ],
      ...Array.from({ length: 20 }, (_, bytes) => [
        `a datagram of ${bytes} bytes, its checksum ${checksum}`,
        request({ content: datagram({ checksum, payload: dataBytes(bytes) }) }),
      ]),
    ]) as [string, Packet][],
  ),
  'a datagram without a checksum': request({ content: datagram({ checksum: 'none' }) }),
  'a packet that may be fragmented': request({ fragment: 0 }),
  'a packet with the last TTL that is forwarded': request({ ttl: 2 }),
  'a packet that has met congestion': request({ ecn: 3 }),
}
