import test from 'ava'
import { sharedAsRoot } from '../netns/as-root.ts'
import { backendNetwork, balancerNetwork, macs, serviceDscp } from './dsr-network.ts'
import { datagram6, error6, frame6, ipv6, type Packet6, protocols, read6, segment6 } from './ipv6-packet.ts'
import { loadPrograms, type Programs, tcActions, xdpActions } from './sandboxed-program.ts'

const client = 'fd00:17::4'
const virtualAddress = 'fd00:192::10'
const backend = 'fd00:19::3'
const port = 7000

let balancer: Programs
let xdp: Programs
let tc: Programs
sharedAsRoot(
  async () => {
    balancer = await loadPrograms('dsr-balancer', [
      ...balancerNetwork,
      'address add fd00:17::2/64 dev eth0 nodad',
      `neighbour add fd00:17::3 dev eth0 lladdr ${macs.router} nud permanent`,
      'route add fd00:19::/64 via fd00:17::3 mtu lock 1400',
    ])
    const forward = 'echo 1 >/proc/sys/net/ipv6/conf/all/forwarding'
    await balancer.sandbox.run([{ command: ['sh', '-c', forward], what: 'set forwarding' }])
    await balancer.write(
      'services6',
      [protocols.tcp, protocols.udp].map((protocol) => [
        { address: virtualAddress, port, protocol },
        { dscp: serviceDscp, is_random: 0 },
      ]),
    )
    await balancer.write('backends6', [[0, { address: backend }]])
    xdp = await loadPrograms('dsr-backend-xdp', backendNetwork)
    tc = await loadPrograms('dsr-backend-tc', backendNetwork)
    for (const programs of [xdp, tc])
      await programs.write('services6', [[{ dscp: serviceDscp }, { address: virtualAddress }]])
  },
  async () => {
    for (const programs of [balancer, xdp, tc]) await programs.close()
  },
)

const request: Packet6 = {
  source: client,
  destination: virtualAddress,
  dscp: 0,
  hopLimit: 64,
  nextHeader: protocols.udp,
  content: datagram6(40_000, port, 63),
  checksum: 'complete',
}
const segment: Partial<Packet6> = { nextHeader: protocols.tcp, content: segment6(40_000, port, 100) }
const marked: Packet6 = { ...request, destination: backend, dscp: serviceDscp }

async function run(programs: Programs, program: string, packet: Packet6) {
  const frame = frame6(packet)
  const [outcome] = await programs.run(program, [frame])
  return { frame, action: outcome!.action, after: outcome!.frame, read: read6(outcome!.frame.subarray(14)) }
}

for (const [what, changes] of Object.entries({ datagram: {}, segment }))
  test.serial(`the balancer sends an IPv6 ${what} on to a backend, marked, its checksum right`, async (t) => {
    const { action, after, read } = await run(balancer, 'balance', { ...request, ...changes })
    t.is(action, xdpActions.tx)
    t.is(after.subarray(0, 12).toString('hex'), `${macs.router}${macs.here}`.replaceAll(':', ''))
    t.like(read, { source: client, destination: backend, dscp: serviceDscp, hopLimit: 63 })
    t.like(read, { flowLabel: 0x12345, isSumRight: true })
  })

test.serial('a checksum of IPv6 that is left to a device stays left to it', async (t) => {
  for (const changes of [{}, segment]) {
    const packet = { ...request, ...changes, checksum: 'partial' } as const
    t.true((await run(balancer, 'balance', packet)).read.isLeftToDevice)
    t.true(
      (await run(xdp, 'restore_destination', { ...packet, ...marked, ...changes, checksum: 'partial' })).read
        .isLeftToDevice,
    )
  }
})

const untouched: Readonly<Record<string, Partial<Packet6>>> = {
  'for no service': { content: datagram6(40_000, 7001, 63) },
  'whose hop limit ends here': { hopLimit: 1 },
  'with an extension header': { nextHeader: protocols.fragment },
  'without a checksum': { checksum: 'none' },
}
for (const [what, changes] of Object.entries(untouched))
  test.serial(`the balancer leaves an IPv6 packet ${what} as it came`, async (t) => {
    const { frame, action, after } = await run(balancer, 'balance', { ...request, ...changes })
    t.is(action, xdpActions.pass)
    t.true(after.equals(frame))
  })

for (const checksum of ['complete', 'partial'] as const)
  test.serial(
    `what is too long for the way is answered as the client sent it, its checksum ${checksum}`,
    async (t) => {
      const long = {
        ...request,
        nextHeader: protocols.tcp,
        content: segment6(40_000, port, 1420),
        checksum,
      } as const
      const { frame, action, after, read } = await run(balancer, 'balance', long)
      // Where the kernel does not tell whether a packet is still to be segmented, one whose checksum is left is not answered.
      if (checksum === 'partial' && action === xdpActions.pass) {
        t.is(read.destination, backend)
        return
      }
      t.is(action, xdpActions.tx)
      t.like(read, {
        source: 'fd00:17::2',
        destination: client,
        nextHeader: protocols.icmpv6,
        isSumRight: true,
      })
      t.is(after.length, 14 + 1280)
      t.deepEqual([after[54], after[55], after.readUInt32BE(58)], [2, 0, 1400])
      const quote = after.subarray(62)
      t.true(quote.subarray(0, 40).equals(frame.subarray(14, 54)))
      if (checksum === 'complete') t.true(quote.equals(frame.subarray(14, 14 + 1232)))
    },
  )

test.serial('an error about a reply of the service comes to the backend of its flow', async (t) => {
  await run(balancer, 'balance', request)
  const reply: Packet6 = {
    ...request,
    source: virtualAddress,
    destination: client,
    content: datagram6(port, 40_000, 63),
  }
  const error: Packet6 = {
    ...request,
    source: 'fd00:99::1',
    nextHeader: protocols.icmpv6,
    content: error6(2, ipv6(reply), 1300),
  }
  const { action, read } = await run(balancer, 'balance', error)
  t.is(action, xdpActions.tx)
  t.like(read, { source: 'fd00:99::1', destination: backend, dscp: serviceDscp, isSumRight: true })

  const other = {
    ...error,
    content: error6(2, ipv6({ ...reply, content: datagram6(port, 40_001, 63) }), 1300),
  }
  t.is((await run(balancer, 'balance', other)).action, xdpActions.pass)
})

test.serial(
  'a backend’s XDP program gives marked packets of IPv6 the service’s address, and no others',
  async (t) => {
    for (const changes of [{}, segment]) {
      const { action, read } = await run(xdp, 'restore_destination', { ...marked, ...changes })
      t.is(action, xdpActions.pass)
      t.like(read, { source: client, destination: virtualAddress, dscp: serviceDscp, isSumRight: true })
    }
    const { frame, after } = await run(xdp, 'restore_destination', { ...marked, dscp: 0 })
    t.true(after.equals(frame))
  },
)

const replyOf = (content: Buffer, nextHeader: number = protocols.udp): Packet6 => ({
  ...request,
  source: backend,
  destination: client,
  nextHeader,
  content,
})

test.serial(
  'a backend’s TC programs put the service’s address into replies of marked flows alone',
  async (t) => {
    await tc.reload()
    await tc.write('services6', [[{ dscp: serviceDscp }, { address: virtualAddress }]])
    const before = await run(tc, 'restore_source', replyOf(datagram6(port, 40_000, 63)))
    t.true(before.after.equals(before.frame))
    for (const changes of [{}, segment])
      t.is((await run(tc, 'note_flow', { ...marked, ...changes })).action, tcActions.ok)
    for (const reply of [
      replyOf(datagram6(port, 40_000, 63)),
      replyOf(segment6(port, 40_000, 100), protocols.tcp),
    ]) {
      const { action, read } = await run(tc, 'restore_source', reply)
      t.is(action, tcActions.ok)
      t.like(read, { source: virtualAddress, destination: client, isSumRight: true })
    }
    // The same ports without the mark are a new connection to the backend itself.
    await run(tc, 'note_flow', { ...marked, dscp: 0 })
    const after = await run(tc, 'restore_source', replyOf(datagram6(port, 40_000, 63)))
    t.true(after.after.equals(after.frame))
  },
)

test.serial('errors about replies and about requests of a flow hold for who they are for', async (t) => {
  await run(tc, 'note_flow', marked)
  const reply: Packet6 = { ...replyOf(datagram6(port, 40_000, 63)), source: virtualAddress }
  const about = (quoted: Packet6): Packet6 => ({
    ...marked,
    source: 'fd00:99::1',
    nextHeader: protocols.icmpv6,
    content: error6(1, ipv6(quoted)),
  })
  const incoming = await run(tc, 'note_flow', about(reply))
  t.true(incoming.read.isSumRight)
  t.is(read6(incoming.after.subarray(62)).source, backend)

  const refused = { ...about(marked), source: backend, destination: client, dscp: 0 }
  const outgoing = await run(tc, 'restore_source', refused)
  t.like(outgoing.read, { source: virtualAddress, destination: client, isSumRight: true })
  t.like(read6(outgoing.after.subarray(62)), {
    source: client,
    destination: virtualAddress,
    isSumRight: true,
  })
})
