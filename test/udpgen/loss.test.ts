import test from 'ava'
import { binaries, build, startGenerator } from './generator.ts'
import { openPath } from './open-path.ts'
import { loopback, rule, slowed, twoNamespaces, twoServers } from './topologies.ts'

test.before(build)

for (const binary of binaries) {
  test.serial(`${binary}: a path that drops every fourth packet loses exactly those`, async (t) => {
    const topology = twoNamespaces(rule('server', 'input', 'numgen inc mod 4 0 drop'))
    const generator = await startGenerator(t, binary, topology)
    await openPath(generator, topology.path)
    const [flood, paced, pingpong] = await generator.run(
      { path: 'veth', kind: 'flood', payloadBytes: 64, packets: 1000 },
      { path: 'veth', kind: 'paced', payloadBytes: 64, packets: 400, ratePps: 50_000 },
      { path: 'veth', kind: 'pingpong', payloadBytes: 64, packets: 8, timeoutNs: 300e6 },
    )
    t.like(flood, { sent: 1000, received: 750, lost: 250, reordered: 0, duplicated: 0 })
    t.like(paced, { sent: 400, received: 300, lost: 100, reordered: 0, duplicated: 0 })
    t.is(paced?.pacedForwardNs.count, 300)
    t.is(paced?.scheduleErrorNs.count, 400)
    t.like(pingpong, { sent: 8, received: 6, lost: 2, timeouts: 2, late: 0 })
    t.is(pingpong?.rttNs.count, 6)
    t.is(await generator.end(), 0)
  })

  test.serial(
    `${binary}: a path that drops everything ends every trial, and a ping-pong gives up early`,
    async (t) => {
      const topology = twoNamespaces(rule('server', 'input', 'drop'))
      const generator = await startGenerator(t, binary, topology)
      await openPath(generator, topology.path)
      const [flood, pingpong, paced] = await generator.run(
        { path: 'veth', kind: 'flood', payloadBytes: 64, packets: 500 },
        { path: 'veth', kind: 'pingpong', payloadBytes: 64, packets: 1_000_000 },
        { path: 'veth', kind: 'paced', payloadBytes: 64, packets: 100, ratePps: 50_000 },
      )
      t.like(flood, { sent: 500, received: 0, lost: 500 })
      // What was never delivered took no longer than its sending.
      t.is(flood!.durationNs, flood!.sendNs)
      t.like(pingpong, { sent: 3, received: 0, lost: 3, timeouts: 3, late: 0 })
      t.deepEqual(pingpong?.rttNs, { count: 0, min: 0, max: 0, sum: 0, buckets: [] })
      t.like(paced, { sent: 100, received: 0, lost: 100 })
      t.is(await generator.end(), 0)
    },
  )

  test.serial(
    `${binary}: where the kernel refuses every packet, none counts as sent, and the record says why`,
    async (t) => {
      const topology = twoNamespaces(rule('client', 'output', 'drop'))
      const generator = await startGenerator(t, binary, topology)
      await openPath(generator, topology.path)
      const records = await generator.run(
        { path: 'veth', kind: 'flood', payloadBytes: 64, packets: 500 },
        { path: 'veth', kind: 'pingpong', payloadBytes: 64, packets: 500 },
        { path: 'veth', kind: 'paced', payloadBytes: 64, packets: 500, ratePps: 50_000 },
      )
      for (const record of records)
        t.like(record, { sent: 0, received: 0, lost: 0, sendError: 'Operation not permitted' })
      t.is(await generator.end(), 0)
    },
  )

  test.serial(
    `${binary}: packets that arrive twice count as received once and duplicated once`,
    async (t) => {
      const topology = twoNamespaces(rule('client', 'output', 'dup to 10.0.0.2 device "to-server"'))
      const generator = await startGenerator(t, binary, topology)
      await openPath(generator, topology.path)
      const [flood, pingpong] = await generator.run(
        { path: 'veth', kind: 'flood', payloadBytes: 64, packets: 1000 },
        { path: 'veth', kind: 'pingpong', payloadBytes: 64, packets: 50, timeoutNs: 1e9 },
      )
      t.like(flood, { sent: 1000, received: 1000, lost: 0, reordered: 0 })
      t.like(pingpong, { sent: 50, received: 50, late: 0, timeouts: 0, lost: 0 })
      // A trial is over when its last packet has arrived, perhaps before the copy, which then is a stray.
      t.is(flood!.duplicated + pingpong!.strays, 1000)
      const drained = (await generator.ask({ command: 'drain' })).paths[0]!
      // Of every request a copy, and of every answer: one to the request, one to its copy. The last request's
      // copy may find that nobody answers any more.
      const copies = pingpong!.duplicated + drained.strays
      t.true(copies === 99 || copies === 100, `${copies}`)
      t.is(await generator.end(), 0)
    },
  )

  test.serial(`${binary}: stragglers of an earlier trial are strays of the next`, async (t) => {
    const topology = twoNamespaces(slowed('client', 'to-server'))
    const generator = await startGenerator(t, binary, topology)
    await openPath(generator, topology.path)
    const [first, second] = await generator.run(
      // Three packets, at 0, 120 and 240 ms: after the first, nothing is waited for.
      { path: 'veth', kind: 'flood', payloadBytes: 32, packets: 3, quietNs: 1 },
      { path: 'veth', kind: 'pingpong', payloadBytes: 32, packets: 1, timeoutNs: 1e9, quietNs: 1e9 },
    )
    t.is(first!.sent, 3)
    t.like(second, { sent: 1, received: 1, timeouts: 0, late: 0, duplicated: 0 })
    t.is(first!.lost, second!.strays)
    t.is(await generator.end(), 0)
  })

  test.serial(
    `${binary}: a reply that comes after its request was given up is late, and answers no other`,
    async (t) => {
      const topology = twoNamespaces(slowed('server', 'to-client'))
      const generator = await startGenerator(t, binary, topology)
      await openPath(generator, topology.path)
      const [record] = await generator.run({
        path: 'veth',
        kind: 'pingpong',
        payloadBytes: 32,
        packets: 10,
        timeoutNs: 60e6,
        quietNs: 1e9,
      })
      // Replies leave at 0, 120, 240 and so on; requests are given up every 60 ms: all but one come late.
      const { sent, received, timeouts, late } = record!
      t.like(record, { lost: 0, duplicated: 0, requestsReceived: sent })
      t.is(received + late, sent)
      t.is(timeouts, late)
      t.true(late >= 1)
      t.is(record!.rttNs.count, received)
      t.is(await generator.end(), 0)
    },
  )

  test.serial(`${binary}: a reply is late also where its flow is not waited on any more`, async (t) => {
    const topology = twoNamespaces(slowed('server', 'to-client'))
    const generator = await startGenerator(t, binary, topology)
    await openPath(generator, { ...topology.path, client: { ...topology.path.client, flows: 4 } })
    const [record] = await generator.run({
      path: 'veth',
      kind: 'pingpong',
      payloadBytes: 32,
      packets: 10,
      timeoutNs: 60e6,
      quietNs: 1e9,
    })
    const { sent, received, late } = record!
    t.like(record, { lost: 0, duplicated: 0, misdirected: 0 })
    t.is(received + late, sent)
    t.true(late >= 1)
    t.is(record!.rttNs.count, received)
    t.is(await generator.end(), 0)
  })

  test.serial(
    `${binary}: a ping-pong gives up early on a path that has one dead server of two`,
    async (t) => {
      const { path } = twoServers(2)
      const dead = { ...loopback, path: { ...path, servers: [path.servers[0]!] } }
      const generator = await startGenerator(t, binary, dead)
      await openPath(generator, dead.path)
      const [record] = await generator.run({
        path: 'loopback',
        kind: 'pingpong',
        payloadBytes: 64,
        packets: 1_000_000,
        timeoutNs: 20e6,
      })
      // Fewer where the machine is so busy that the live server's answers time out too.
      t.true(record!.timeouts >= 3 && record!.timeouts <= 16)
      t.is(record!.sent, record!.received + record!.timeouts)
      t.is(await generator.end(), 0)
    },
  )
}
