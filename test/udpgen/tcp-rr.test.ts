import test from 'ava'
import { parseCounters } from '../../src/datapath/counters.ts'
import { binaries, build, startGenerator } from './generator.ts'
import { countAtLeast } from './histogram-figures.ts'
import { openPath, type Receiver, receivers } from './open-path.ts'
import { ownCounter, stopFor, until } from './stop.ts'
import {
  atServer,
  connect,
  connected,
  counterIn,
  damage,
  endOf,
  question,
  rr,
  socketsIn,
  withPools,
} from './tcp-path.ts'
import { loopback, twoNamespaces } from './topologies.ts'

test.before(build)

const veth = twoNamespaces()

for (const binary of binaries) {
  for (const receiver of Object.keys(receivers) as Receiver[])
    test.serial(`${binary}: every request over open connections is answered, ${receiver}`, async (t) => {
      const generator = await connected(t, binary, veth, [{ connections: 3 }], receiver)
      const trials = await generator.run(rr(60, { leadTransactions: 10 }), rr(3))
      for (const [index, transactions] of [60, 3].entries()) {
        const trial = trials[index]!
        t.deepEqual(endOf(trial), {
          ...{ sent: transactions, received: transactions, corrupted: 0, tcpError: undefined },
        })
        t.like(trial, { lost: 0, misdirected: 0, questionsReceived: transactions, flowsByServer: [3] })
        t.deepEqual(trial.receivedByServer, [transactions])
        t.is(trial.tcpRrNs.count, index === 0 ? 50 : 3)
        t.is(trial.tcpRrUncorrectedNs.count, 0)
      }
      t.is(await generator.end(), 0)
    })

  test.serial(`${binary}: messages longer than a segment come whole, with and without Nagle`, async (t) => {
    const pools = [{ connections: 2 }, { connections: 2, noDelay: false, quickAck: true, mssBytes: 500 }]
    const generator = await connected(t, binary, veth, pools)
    const sizes = { requestBytes: 65_536, responseBytes: 32 }
    const trials = await generator.run(
      rr(10, sizes),
      rr(10, { requestBytes: 33, responseBytes: 65_536 }),
      rr(10, { ...sizes, pool: 1 }),
    )
    for (const trial of trials) t.like(endOf(trial), { received: 10, corrupted: 0, tcpError: undefined })
    // 500 bytes a segment at most.
    t.true(trials[2]!.forth.segments >= (10 * 65_536) / 500)
  })

  test.serial(
    `${binary}: what the kernel counts lies within what both ends say of their packets`,
    async (t) => {
      const generator = await connected(t, binary, veth, [{ connections: 2 }])
      const counted = () =>
        Promise.all(
          (['InSegs', 'OutSegs'] as const).map((name) => counterIn(generator, 'server', 'Tcp', name)),
        )
      const before = await counted()
      const [small, large] = await generator.run(
        rr(40),
        rr(4, { requestBytes: 40_000, responseBytes: 40_000 }),
      )
      const after = await counted()
      const received = after[0]! - before[0]!
      const least = small!.forth.packetsLeast + large!.forth.packetsLeast
      const most = small!.forth.packetsMost + large!.forth.packetsMost
      t.true(least <= received && received <= most, `${least} <= ${received} <= ${most}`)
      // Small messages are a packet each, and no offload makes others of them.
      t.is(small!.forth.packetsLeast, small!.forth.packetsMost)
      t.true(small!.forth.packetsLeast >= 40)
      // What is sent again the kernel counts elsewhere (__tcp_transmit_skb() in net/ipv4/tcp_output.c).
      const once = [small!, large!].map(({ back }) => back.segments - back.retransmitted)
      t.is(after[1]! - before[1]!, once[0]! + once[1]!)
    },
  )

  test.serial(`${binary}: connections that are open have nothing left to acknowledge`, async (t) => {
    const generator = await startGenerator(t, binary, veth)
    await openPath(generator, withPools(veth.path, { connections: 1 }, { connections: 8 }))
    // At once: what is put off is put off for 40 ms (TCP_ATO_MIN in include/net/tcp.h), and the trial takes 200.
    const segments = async () => {
      const counted = await generator.ask({
        ...{ command: 'counters', namespaces: ['/run/netns/server'], ethtool: false },
      })
      return parseCounters(counted.namespaces[0]!.text).get('Tcp.InSegs')!
    }
    t.like(await generator.ask(connect('veth')), { established: 9 })
    const before = await segments()
    const [trial] = await generator.run(rr(20, { rateTps: 100 }))
    const received = (await segments()) - before
    const { packetsLeast, packetsMost } = trial!.forth
    t.true(packetsLeast <= received && received <= packetsMost, `${packetsLeast} <= ${received}`)
  })

  test.serial(`${binary}: on a schedule, time is counted from when a request was due`, async (t) => {
    // 10,000 bytes a second once the first 1,600 are gone: a request of 98 takes some 10 ms.
    const slow = 'tc -n client qdisc add dev to-server root tbf rate 80kbit burst 1600 limit 100000'
    const generator = await connected(t, binary, twoNamespaces(slow), [{ connections: 1 }])
    const [trial] = await generator.run(rr(40, { requestBytes: 32, responseBytes: 32, rateTps: 1000 }))
    t.like(endOf(trial!), { received: 40, tcpError: undefined })
    t.deepEqual([trial!.tcpRrNs.count, trial!.tcpRrUncorrectedNs.count], [40, 40])
    t.true(trial!.tcpRrNs.max >= 20e6)
    t.true(trial!.tcpRrNs.sum >= trial!.tcpRrUncorrectedNs.sum + 10 * 20e6)
  })

  test.serial(
    `${binary}: a stop of 30 ms shows in the time of all requests that were due in it, as counted from the schedule`,
    async (t) => {
      const generator = await connected(t, binary, loopback, [{ connections: 2 }])
      const asked = () => ownCounter(generator.pid, 'Tcp', 'OutSegs')
      const before = await asked()
      const running = generator.run(rr(3000, { path: 'loopback', rateTps: 2000 }))
      await until(async () => (await asked()) >= before + 100)
      await stopFor(generator.pid, 30)
      const [trial] = await running
      t.like(endOf(trial!), { sent: 3000, received: 3000, tcpError: undefined })
      const { tcpRrNs, tcpRrUncorrectedNs } = trial!
      t.true(tcpRrNs.max >= 20e6)
      // Due in the first 20 of 30 ms: 40 requests, each at least 10 ms late, and two at most on their way.
      t.true(countAtLeast(tcpRrNs, 10e6) >= 39, String(countAtLeast(tcpRrNs, 10e6)))
      t.true(tcpRrNs.sum - tcpRrUncorrectedNs.sum >= 37 * 10e6)
      t.is(await generator.end(), 0)
    },
  )

  test.serial(`${binary}: a damaged message ends the trial, though its checksum was right`, async (t) => {
    const topology = twoNamespaces(atServer(`${question} numgen inc mod 4 3 ${damage(50)}`))
    const generator = await connected(t, binary, topology, [{ connections: 1 }])
    const [trial] = await generator.run(rr(10))
    t.deepEqual(endOf(trial!), {
      ...{ sent: 4, received: 3, corrupted: 1, tcpError: 'it carried other content than was sent' },
    })
    t.is(await counterIn(generator, 'server', 'Tcp', 'InCsumErrors'), 0)
    // Connections that died are opened anew by command.
    t.like(await generator.ask(connect('veth')), { event: 'connected', established: 1 })
  })

  test.serial(
    `${binary}: connections of a trial that ended early carry no other, and are closed`,
    async (t) => {
      const topology = twoNamespaces(atServer(`${question} numgen inc mod 4 3 drop`))
      const generator = await connected(t, binary, topology, [{ connections: 1 }, { connections: 1 }])
      const trials = await generator.run(rr(10, { timeoutNs: 100e6 }), rr(10), rr(3, { pool: 1 }))
      t.deepEqual(trials.map(endOf), [
        { sent: 4, received: 3, corrupted: 0, tcpError: 'nothing more came' },
        { sent: 0, received: 0, corrupted: 0, tcpError: 'it was not connected' },
        // Of another pool.
        { sent: 3, received: 3, corrupted: 0, tcpError: undefined },
      ])
      t.is(await socketsIn(generator, 'client', 'established'), 1)
      t.is(await socketsIn(generator, 'server', 'established'), 1)
    },
  )

  test.serial(`${binary}: quick acknowledgements last, one for every message`, async (t) => {
    const generator = await connected(t, binary, veth, [
      { connections: 1, quickAck: true },
      { connections: 1 },
    ])
    const [quick, delayed] = await generator.run(rr(200), rr(200, { pool: 1 }))
    // A message and the acknowledgement of one, each way; where it is left to the kernel one takes the other along.
    for (const way of ['forth', 'back'] as const) {
      t.true(quick![way].segments >= 400, `${way}: ${quick![way].segments}`)
      t.true(delayed![way].segments < 300, `${way}: ${delayed![way].segments}`)
    }
  })

  test.serial(`${binary}: a connection that is reset ends the trial and says so`, async (t) => {
    const topology = twoNamespaces(atServer(`${question} numgen inc mod 4 3 reject with tcp reset`))
    const generator = await connected(t, binary, topology, [{ connections: 1 }])
    const [trial] = await generator.run(rr(10))
    t.deepEqual(endOf(trial!), {
      ...{ sent: 4, received: 3, corrupted: 0, tcpError: 'Connection reset by peer' },
    })
  })

  test.serial(`${binary}: a connection on which nothing moves is given up`, async (t) => {
    const topology = twoNamespaces(atServer(`${question} drop`))
    const generator = await connected(t, binary, topology, [{ connections: 1 }])
    const [trial] = await generator.run(rr(10, { timeoutNs: 100e6 }))
    t.deepEqual(endOf(trial!), { sent: 1, received: 0, corrupted: 0, tcpError: 'nothing more came' })
  })

  test.serial(`${binary}: what was lost on the way is sent again, and told`, async (t) => {
    const topology = twoNamespaces(atServer(`${question} numgen inc mod 50 49 drop`))
    const generator = await connected(t, binary, topology, [{ connections: 1 }])
    const [trial] = await generator.run(rr(60))
    t.like(endOf(trial!), { received: 60, tcpError: undefined })
    t.true(trial!.forth.retransmitted >= 1)
    t.true(trial!.forth.packetsLeast < trial!.forth.packetsMost)
  })
}
