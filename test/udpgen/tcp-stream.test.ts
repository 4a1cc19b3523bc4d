import test from 'ava'
import { binaries, build } from './generator.ts'
import { type Receiver, receivers } from './open-path.ts'
import { atServer, connected, damage, endOf } from './tcp-path.ts'
import { twoNamespaces } from './topologies.ts'

test.before(build)

const veth = twoNamespaces()

const stream = (bytes: number, others: object = {}): object => ({
  ...{ path: 'veth', kind: 'tcp-stream', pool: 0, bytes, sendBytes: 65_536 },
  ...others,
})

for (const binary of binaries) {
  for (const receiver of Object.keys(receivers) as Receiver[])
    test.serial(`${binary}: every byte of a stream arrives, up and down, ${receiver}`, async (t) => {
      const generator = await connected(t, binary, veth, [{ connections: 1 }, { connections: 3 }], receiver)
      // No multiple of the number of connections, of a segment or of a send call.
      const bytes = 1_000_003
      const trials = await generator.run(
        stream(bytes, { leadBytes: 200_000 }),
        stream(bytes, { direction: 'down' }),
        stream(bytes, { pool: 1 }),
        stream(bytes, { pool: 1, direction: 'down', sendBytes: 999 }),
      )
      for (const [index, trial] of trials.entries()) {
        t.deepEqual(
          endOf(trial),
          { sent: bytes, received: bytes, corrupted: 0, tcpError: undefined },
          String(index),
        )
        const [way, back] = index % 2 === 0 ? [trial.forth, trial.back] : [trial.back, trial.forth]
        // 1,448 bytes in a segment, and no more in a packet than the kernel ever merges (GSO_MAX_SIZE).
        t.true(way.segments >= bytes / 1448 && way.packetsLeast >= bytes / (8 * 65_535))
        t.true(way.packetsMost >= way.packetsLeast && way.windowSegments > 0 && way.smoothedRttNs > 0)
        t.true(back.segments < way.segments)
      }
      t.true(trials[0]!.timedBytes <= bytes - 200_000 && trials[0]!.timedBytes > 0)
      t.is(trials[1]!.timedBytes, bytes)
      t.is(await generator.end(), 0)
    })

  test.serial(
    `${binary}: without a copy every byte arrives, too, and the kernel says what it copied`,
    async (t) => {
      const pools = [{ connections: 2, zerocopy: true }, { connections: 1 }]
      const generator = await connected(t, binary, veth, pools)
      // Between namespaces of one kernel it copies all: packets come to a socket that may keep them.
      const bytes = 4_000_003
      const trials = await generator.run(
        stream(bytes),
        stream(bytes, { direction: 'down', sendBytes: 999 }),
        stream(bytes, { pool: 1 }),
      )
      for (const trial of trials) t.like(endOf(trial), { sent: bytes, received: bytes, corrupted: 0 })
      for (const { zerocopySends, zerocopyCompleted, zerocopyCopied } of trials.slice(0, 2)) {
        t.true(zerocopySends! >= bytes / 65_536)
        t.deepEqual([zerocopyCompleted, zerocopyCopied], [zerocopySends, zerocopySends])
      }
      t.is(trials[2]!.zerocopySends, undefined)
      t.is(await generator.end(), 0)
    },
  )

  test.serial(`${binary}: a sender whose first connection is done sleeps until the others are`, async (t) => {
    const slow = [
      'ip link add slow netns client type veth peer name slow netns server',
      'ip -n client address add 10.0.1.1/24 dev slow',
      'ip -n server address add 10.0.1.2/24 dev slow',
      'ip -n client link set slow up',
      'ip -n server link set slow up',
      // A second for each megabyte, of which next to nothing fits into buffers.
      `ip netns exec client sh -c 'echo 4096 16384 65536 >/proc/sys/net/ipv4/tcp_wmem'`,
      'tc -n client qdisc add dev slow root tbf rate 8mbit burst 64k limit 1m',
    ]
    const topology = twoNamespaces(...slow)
    const { targets, servers } = topology.path
    const address = '10.0.1.2'
    const path = {
      ...topology.path,
      targets: [...targets, { ...targets[0]!, address }],
      servers: [...servers, { ...servers[0]!, address }],
    }
    const generator = await connected(t, binary, { ...topology, path }, [{ connections: 2 }])
    const [trial] = await generator.run(stream(2_000_000, { timeoutNs: 2e9 }))
    t.like(endOf(trial!), { received: 2_000_000, tcpError: undefined })
    t.true(trial!.durationNs >= 300e6, String(trial!.durationNs))
    t.true(trial!.senderCpuNs < trial!.durationNs / 10, `${trial!.senderCpuNs} of ${trial!.durationNs}`)
  })

  test.serial(`${binary}: a stream of which one byte is another is found out`, async (t) => {
    const topology = twoNamespaces(atServer(`meta length 1000-65535 numgen inc mod 4 3 ${damage(800)}`))
    const generator = await connected(t, binary, topology, [{ connections: 2 }])
    const [trial] = await generator.run(stream(4_000_000))
    t.like(trial, { corrupted: 1, tcpError: 'it carried other content than was sent' })
    t.true(trial!.received < 4_000_000)
  })

  test.serial(`${binary}: a stream that is reset or stalls ends its trial, and says why`, async (t) => {
    for (const [statement, tcpError] of [
      ['meta length 1000-65535 numgen inc mod 20 19 reject with tcp reset', 'Connection reset by peer'],
      ['meta length 1000-65535 drop', 'nothing more came'],
    ] as const) {
      const topology = twoNamespaces(atServer(statement))
      const generator = await connected(t, binary, topology, [{ connections: 1 }])
      const [trial] = await generator.run(stream(8_000_000, { timeoutNs: 100e6 }))
      t.like(trial, { corrupted: 0, tcpError })
      t.true(trial!.received < 8_000_000)
      t.is(await generator.end(), 0)
    }
  })
}
