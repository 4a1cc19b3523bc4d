import test from 'ava'
import { sharedAsRoot } from '../netns/as-root.ts'
import { macs } from './dsr-network.ts'
import { datagram6, frame6, type Packet6, protocols, segment6 } from './ipv6-packet.ts'
import { loadPrograms, type Programs, tcActions } from './sandboxed-program.ts'

const service = { address: 'fd00:3::20', port: 7000 }
const redirected = 7 // TC_ACT_REDIRECT, include/uapi/linux/pkt_cls.h

let programs: Programs
sharedAsRoot(
  async () => {
    programs = await loadPrograms('redirect', [
      `link add eth0 address ${macs.here} type veth peer name far0`,
      'link set eth0 mtu 1500 up',
      'link set far0 up',
    ])
    const [json = ''] = await programs.sandbox.run([
      { command: ['ip', '-json', 'link', 'show', 'dev', 'eth0'], what: 'read eth0' },
    ])
    const [{ ifindex }] = JSON.parse(json) as [{ ifindex: number }]
    const hop = { ifindex, source_mac: macs.hereOther, destination_mac: macs.neighbourOther }
    await programs.write('services6', [[service, hop]])
  },
  () => programs.close(),
)

const request: Packet6 = {
  source: 'fd00:2::11',
  destination: service.address,
  dscp: 0,
  hopLimit: 64,
  nextHeader: protocols.udp,
  content: datagram6(40_000, service.port, 64),
  checksum: 'complete',
}

const run = async (packet: Packet6) => {
  const frame = frame6(packet)
  const [outcome] = await programs.run('redirect', [frame])
  return { frame, outcome: outcome! }
}

test.serial(
  'an IPv6 datagram or segment of a service goes on to the next hop with its addresses, and is else as it was',
  async (t) => {
    const segment = { nextHeader: protocols.tcp, content: segment6(40_000, service.port, 64) }
    const kinds = [
      { checksum: 'complete' },
      { checksum: 'partial' },
      { ...segment, checksum: 'complete' },
    ] as const
    for (const kind of kinds) {
      const { frame, outcome } = await run({ ...request, ...kind })
      t.is(outcome.action, redirected)
      t.is(outcome.frame.subarray(0, 12).toString('hex'), '020000000907020000000901')
      t.true(outcome.frame.subarray(12).equals(frame.subarray(12)))
    }
  },
)

const left: Readonly<Record<string, Partial<Packet6>>> = {
  'for another address': { destination: 'fd00:3::21' },
  'for another port': { content: datagram6(40_000, 7001, 64) },
  'whose hop limit ends here': { hopLimit: 1 },
  'without a checksum': { checksum: 'none' },
  'with an extension header': { nextHeader: protocols.fragment },
  'of TCP that another protocol number says': { content: segment6(40_000, service.port, 64) },
  'that is shorter than its UDP header says': {
    content: datagram6(40_000, service.port, 64).subarray(0, 60),
  },
}

for (const [what, changes] of Object.entries(left))
  test.serial(`an IPv6 packet ${what} is left to the stack as it came`, async (t) => {
    const { frame, outcome } = await run({ ...request, ...changes })
    t.is(outcome.action, tcActions.ok)
    t.true(outcome.frame.equals(frame))
  })
