import test from 'ava'
import { binaries, build } from './generator.ts'
import { type Receiver, receivers } from './open-path.ts'
import { atServer, connected, counterIn, damage, endOf, question, rr, socketsIn } from './tcp-path.ts'
import { twoNamespaces } from './topologies.ts'

test.before(build)

const veth = twoNamespaces()

const crr = (transactions: number, others: object = {}): object =>
  rr(transactions, { kind: 'tcp-crr', ...others })

for (const binary of binaries) {
  for (const receiver of Object.keys(receivers) as Receiver[])
    test.serial(
      `${binary}: each transaction has a connection, which lingers at the server alone, ${receiver}`,
      async (t) => {
        const generator = await connected(t, binary, veth, [{ connections: 0 }], receiver)
        const [first, second] = await generator.run(crr(20, { leadTransactions: 4 }), crr(5))
        t.deepEqual(endOf(first!), { sent: 20, received: 20, corrupted: 0, tcpError: undefined })
        t.deepEqual(endOf(second!), { sent: 5, received: 5, corrupted: 0, tcpError: undefined })
        t.deepEqual([first!.tcpCrrNs.count, second!.tcpCrrNs.count], [16, 5])
        t.is(await counterIn(generator, 'server', 'Tcp', 'PassiveOpens'), 25)
        t.is(await counterIn(generator, 'client', 'Tcp', 'ActiveOpens'), 25)
        t.is(await socketsIn(generator, 'server', 'timeWait'), 25)
        t.is(await socketsIn(generator, 'client', 'timeWait'), 0)
        const received = await counterIn(generator, 'server', 'Tcp', 'InSegs')
        const sum = (side: 'packetsLeast' | 'packetsMost') => first!.forth[side] + second!.forth[side]
        t.true(sum('packetsLeast') <= received && received <= sum('packetsMost'))
        t.is(await generator.end(), 0)
      },
    )

  test.serial(`${binary}: what happens to short connections ends their trial, and is told`, async (t) => {
    for (const [statement, others, tcpError] of [
      [`${question} numgen inc mod 3 2 ${damage(50)}`, {}, 'it carried other content than was sent'],
      [`${question} numgen inc mod 3 2 reject with tcp reset`, {}, 'Connection reset by peer'],
      [`${question} numgen inc mod 3 2 drop`, { timeoutNs: 100e6 }, 'nothing more came'],
    ] as const) {
      const topology = twoNamespaces(atServer(statement))
      const generator = await connected(t, binary, topology, [{ connections: 0 }])
      const [trial] = await generator.run(crr(10, others))
      const corrupted = statement.includes('set 0') ? 1 : 0
      t.deepEqual(endOf(trial!), { sent: 3, received: 2, corrupted, tcpError })
      t.is(await generator.end(), 0)
    }
  })

  test.serial(`${binary}: ports that run out are told in words`, async (t) => {
    const few = `ip netns exec client sh -c 'echo 40000 40001 >/proc/sys/net/ipv4/ip_local_port_range'`
    const pools = [{ connections: 2 }, { connections: 0 }]
    const generator = await connected(t, binary, twoNamespaces(few), pools)
    const [trial] = await generator.run(crr(3, { pool: 1 }))
    t.is(trial!.received, 0)
    t.regex(trial!.tcpError ?? '', /^no local port is left for it: widen net\.ipv4\.ip_local_port_range /)
  })

  test.serial(`${binary}: a SYN that nobody answers is told as that`, async (t) => {
    const topology = twoNamespaces(atServer('tcp flags syn numgen inc mod 3 2 drop'))
    const generator = await connected(t, binary, topology, [{ connections: 0 }])
    const [trial] = await generator.run(crr(10, { timeoutNs: 100e6 }))
    t.deepEqual(endOf(trial!), { sent: 3, received: 2, corrupted: 0, tcpError: 'nobody answered its SYN' })
  })
}
