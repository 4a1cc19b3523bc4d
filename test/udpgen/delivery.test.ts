import test from 'ava'
import { binaries, build, startGenerator } from './generator.ts'
import { countOf, indicesOf, sumBounds } from './histogram-figures.ts'
import { openPath, receivers, type Receiver } from './open-path.ts'
import { loopback, simplePath, twoNamespaces } from './topologies.ts'

test.before(build)

const whole = { reordered: 0, duplicated: 0, lost: 0 }

for (const binary of binaries) {
  for (const receiver of Object.keys(receivers) as Receiver[]) {
    test.serial(`${binary}, ${receiver}: every kind of trial delivers every packet`, async (t) => {
      const generator = await startGenerator(t, binary, loopback)
      await openPath(generator, loopback.path, receiver)
      const [flood, pingpong, paced] = await generator.run(
        { path: 'loopback', kind: 'flood', payloadBytes: 64, packets: 3001 },
        { path: 'loopback', kind: 'pingpong', payloadBytes: 64, packets: 200, timeoutNs: 1e9 },
        { path: 'loopback', kind: 'paced', payloadBytes: 64, packets: 500, ratePps: 50_000 },
      )
      t.like(flood, { path: 'loopback', kind: 'flood', sent: 3001, received: 3001, ...whole })
      t.like(pingpong, { kind: 'pingpong', sent: 200, received: 200, timeouts: 0, late: 0, ...whole })
      t.like(paced, { kind: 'paced', sent: 500, received: 500, ...whole })
      t.is(await generator.end(), 0)
    })
  }

  test.serial(`${binary}: a namespace is where its path's packets go`, async (t) => {
    const topology = twoNamespaces()
    const generator = await startGenerator(t, binary, topology)
    await openPath(generator, topology.path)
    const [flood] = await generator.run({ path: 'veth', kind: 'flood', payloadBytes: 64, packets: 1000 })
    t.like(flood, { sent: 1000, received: 1000, ...whole })
    t.is(await generator.end(), 0)
  })

  test.serial(`${binary}: the lead of a trial is delivered and counted, and not timed`, async (t) => {
    const generator = await startGenerator(t, binary, loopback)
    await openPath(generator, loopback.path)
    const load = { path: 'loopback', payloadBytes: 64, packets: 100, leadPackets: 30 }
    const [pingpong, paced] = await generator.run(
      { ...load, kind: 'pingpong', timeoutNs: 1e9 },
      { ...load, kind: 'paced', ratePps: 50_000 },
    )
    t.like(pingpong, { sent: 100, received: 100, ...whole })
    t.like(paced, { sent: 100, received: 100, ...whole })
    t.deepEqual(
      [
        pingpong!.rttNs,
        pingpong!.forwardNs,
        pingpong!.returnNs,
        paced!.pacedForwardNs,
        paced!.pacedForwardUncorrectedNs,
        paced!.scheduleErrorNs,
      ].map(({ count }) => count),
      [70, 70, 70, 70, 70, 70],
    )
    t.is(await generator.end(), 0)
  })

  test.serial(`${binary}: IPv6, and the smallest and the largest payload`, async (t) => {
    const generator = await startGenerator(t, binary, loopback)
    await openPath(generator, simplePath('six', { address: '::1', port: 7000 }))
    const trials = [32, 8972].flatMap((payloadBytes) => [
      { path: 'six', kind: 'flood', payloadBytes, packets: 130 },
      { path: 'six', kind: 'pingpong', payloadBytes, packets: 20, timeoutNs: 1e9 },
      { path: 'six', kind: 'paced', payloadBytes, packets: 20, ratePps: 10_000 },
    ])
    const records = await generator.run(...trials)
    t.deepEqual(
      records.map(({ received }) => received),
      trials.map(({ packets }) => packets),
    )
    t.is(await generator.end(), 0)
  })

  test.serial(`${binary}: trials of a block run in the order given, one after the other`, async (t) => {
    const topology = twoNamespaces()
    const generator = await startGenerator(t, binary, topology)
    const paths = ['first', 'second'].map((name, i) => ({
      ...topology.path,
      name,
      targets: [{ address: '10.0.0.2', port: 7000 + i }],
      servers: [{ ...topology.path.servers[0]!, port: 7000 + i }],
    }))
    await generator.ask({ command: 'open', ...receivers.spinning, paths })
    const order = ['second', 'first', 'first', 'second', 'first']
    const records = await generator.run(
      ...order.map((path) => ({ path, kind: 'flood', payloadBytes: 64, packets: 200 })),
    )
    t.deepEqual(
      records.map(({ path }) => path),
      order,
    )
    t.deepEqual(
      records.map(({ received }) => received),
      [200, 200, 200, 200, 200],
    )
    records.reduce((before, record) => {
      t.true(record.startNs >= before.startNs + before.durationNs)
      return record
    })
    t.is(await generator.end(), 0)
  })

  test.serial(
    `${binary}: a ping-pong's histograms agree with each other and with their own figures`,
    async (t) => {
      const generator = await startGenerator(t, binary, loopback)
      await openPath(generator, loopback.path)
      const [record] = await generator.run({
        path: 'loopback',
        kind: 'pingpong',
        payloadBytes: 64,
        packets: 300,
        timeoutNs: 1e9,
      })
      const { rttNs, forwardNs, returnNs, durationNs } = record!
      t.is(rttNs.sum, forwardNs.sum + returnNs.sum)
      t.true(rttNs.sum <= durationNs)
      for (const histogram of [rttNs, forwardNs, returnNs]) {
        const [low, high] = sumBounds(histogram)
        t.is(histogram.count, 300)
        t.is(countOf(histogram), 300)
        t.true(low <= histogram.sum && histogram.sum < high)
        t.true((high - low) / low <= 1 / 1024 || high - low <= 300)
        t.deepEqual(
          indicesOf(histogram),
          [...indicesOf(histogram)].sort((a, b) => a - b),
        )
      }
      t.is(await generator.end(), 0)
    },
  )
}
