import { asRoot, sharedAsRoot } from '../netns/as-root.ts'
import { datagram, macs, request, segment } from './dsr-network.ts'
import { datagram6, frame6, protocols, segment6 } from './ipv6-packet.ts'
import { frameOf } from './packet.ts'
import { loadPrograms, type Programs } from './sandboxed-program.ts'

const macByRule = '02:00:00:00:09:08'

/** Routes to eth1; a rule of each family sends one port of TCP to another neighbour there. */
const network = [
  `link add eth0 address ${macs.here} type veth peer name far0`,
  `link add eth1 address ${macs.hereOther} type veth peer name far1`,
  'address add 10.9.0.1/24 dev eth1',
  'address add fd00:9::1/64 dev eth1 nodad',
  ...['eth0', 'far0', 'eth1', 'far1'].map((device) => `link set ${device} up`),
  ...['10.9.0.', 'fd00:9::'].flatMap((prefix) => [
    `neighbour add ${prefix}7 dev eth1 lladdr ${macs.neighbourOther} nud permanent`,
    `neighbour add ${prefix}8 dev eth1 lladdr ${macByRule} nud permanent`,
    `route add default via ${prefix}7`,
    `route add default via ${prefix}8 table 100`,
  ]),
]

let programs: Programs
sharedAsRoot(
  async () => {
    programs = await loadPrograms('redirect-fib', network)
    await programs.setForwarding(true)
    const rule = (family: string) => ['ip', family, 'rule', 'add', 'ipproto', 'tcp', 'dport', '7000'] as const
    await programs.sandbox.run([
      ...(['-4', '-6'] as const).map((family) => ({
        command: [...rule(family), 'lookup', '100'] as const,
        what: `add a rule, ${family}`,
      })),
      {
        command: ['sh', '-c', 'echo 1 >/proc/sys/net/ipv6/conf/all/forwarding'],
        what: 'set forwarding of IPv6',
      },
    ])
  },
  () => programs.close(),
)

const packet6 = {
  source: 'fd00:2::11',
  destination: 'fd00:3::20',
  dscp: 0,
  hopLimit: 64,
  checksum: 'complete',
} as const
const tcp6 = (port: number) =>
  frame6({ ...packet6, nextHeader: protocols.tcp, content: segment6(40_000, port, 64) })
const udp6 = (port: number) =>
  frame6({ ...packet6, nextHeader: protocols.udp, content: datagram6(40_000, port, 64) })
const tcp4 = (destinationPort: number) => frameOf(request({ content: segment({ destinationPort }) }))
const udp4 = (destinationPort: number) => frameOf(request({ content: datagram({ destinationPort }) }))

for (const [family, tcp, udp] of [
  ['IPv4', tcp4, udp4],
  ['IPv6', tcp6, udp6],
] as const)
  asRoot(`redirect-fib follows rules of ${family} routing that go by protocol and port`, async (t) => {
    const outcomes = await programs.run('redirect_fib', [tcp(7000), tcp(7001), udp(7000)])
    t.deepEqual(
      outcomes.map(({ frame }) => frame.toString('hex', 0, 6)),
      [macByRule, macs.neighbourOther, macs.neighbourOther].map((mac) => mac.replaceAll(':', '')),
    )
  })
