import test from 'ava'
import { execa } from 'execa'
import { binaries, build, type Generator, startGenerator } from './generator.ts'
import { openPath } from './open-path.ts'
import { rule, twoNamespaces } from './topologies.ts'

test.before(build)

const payloadBytes = 64

/**
 * Writes a value over bits of the UDP payload of every fourth packet: a byte, which is another there, unless
 * told otherwise. The UDP header has 8 bytes.
 */
const damaged = (byte: number, value = 0, bits = 8): string =>
  `numgen inc mod 4 0 @th,${8 * (8 + byte)},${bits} set ${value}`

/** Datagrams that the kernel delivered to sockets, in a namespace of the generator's. */
const datagramsDelivered = async ({ pid }: Generator, namespace: string): Promise<number> => {
  const inside = ['-t', String(pid), '--mount', '--net', 'ip', 'netns', 'exec', namespace]
  const { stdout } = await execa('nsenter', [...inside, 'cat', '/proc/net/snmp'])
  const [names, values] = stdout
    .split('\n')
    .filter((row) => row.startsWith('Udp:'))
    .map((row) => row.split(' '))
  return Number(values![names!.indexOf('InDatagrams')])
}

for (const binary of binaries) {
  for (const [what, statement] of [
    ['first byte behind the header', damaged(32)],
    ['last byte', damaged(payloadBytes - 1)],
    // All of it, as one byte of it may be 0 by chance.
    ['seal', damaged(0, 0, 32)],
    // A flow that the path does not have.
    ['flow', damaged(15, 255)],
    // Of the send time, which the latency is counted from: its highest byte is 0 for centuries.
    ['send time', damaged(23, 255)],
  ] as const)
    test.serial(
      `${binary}: a packet whose ${what} is damaged is corrupted, though it was delivered`,
      async (t) => {
        const topology = twoNamespaces(rule('server', 'input', statement))
        const generator = await startGenerator(t, binary, topology)
        await openPath(generator, topology.path)
        const [flood, paced] = await generator.run(
          { path: 'veth', kind: 'flood', payloadBytes, packets: 400 },
          { path: 'veth', kind: 'paced', payloadBytes, packets: 40, ratePps: 50_000 },
        )
        const whole = { duplicated: 0, misdirected: 0, strays: 0 }
        t.like(flood, {
          sent: 400,
          received: 300,
          lost: 100,
          corrupted: 100,
          receivedByServer: [300],
          ...whole,
        })
        t.like(paced, { sent: 40, received: 30, lost: 10, corrupted: 10, receivedByServer: [30], ...whole })
        t.is(await datagramsDelivered(generator, 'server'), 440)
        t.is(await generator.end(), 0)
      },
    )

  test.serial(
    `${binary}: a checksum that the way spoils is seen by no one, but where packets carry it from the start`,
    async (t) => {
      const pingpong = { path: 'veth', kind: 'pingpong', payloadBytes, packets: 4, timeoutNs: 100e6 }
      const spoilt = 'udp checksum set 0x1234'
      for (const [rules, requestsReceived, received] of [
        [[], 1, 1],
        [[rule('server', 'prerouting', spoilt)], 0, 0],
        [[rule('server', 'output', spoilt, 'sport')], 1, 0],
      ] as const) {
        const topology = twoNamespaces(...rules)
        const generator = await startGenerator(t, binary, topology)
        await openPath(generator, topology.path)
        const [left, summed] = await generator.run(pingpong, { ...pingpong, packets: 1, isSummed: true })
        t.like(left, { sent: 4, received: 4, lost: 0, corrupted: 0 })
        t.like(summed, { sent: 1, received, requestsReceived, corrupted: 0 })
        t.is(await generator.end(), 0)
      }
    },
  )

  test.serial(`${binary}: a damaged request gets no answer, and a damaged answer is none`, async (t) => {
    const pingpong = { path: 'veth', kind: 'pingpong', payloadBytes, packets: 4, timeoutNs: 300e6 }
    for (const [hook, received] of [
      ['input', 3],
      ['output', 4],
    ] as const) {
      const port = hook === 'input' ? 'dport' : 'sport'
      const topology = twoNamespaces(rule('server', hook, damaged(payloadBytes - 1), port))
      const generator = await startGenerator(t, binary, topology)
      await openPath(generator, topology.path)
      const [record] = await generator.run(pingpong)
      t.like(record, { sent: 4, received: 3, timeouts: 1, late: 0, lost: 1, corrupted: 1 })
      t.like(record, { requestsReceived: received, receivedByServer: [received] })
      t.is(await generator.end(), 0)
    }
  })
}
