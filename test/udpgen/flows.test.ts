import test from 'ava'
import { binaries, build, startGenerator } from './generator.ts'
import { openPath, receivers, type Receiver } from './open-path.ts'
import { loopback, twoNamespaces, twoServers } from './topologies.ts'

test.before(build)

const whole = { reordered: 0, duplicated: 0, lost: 0, movedPackets: 0 }

/** A trial of each kind on the same path. */
const everyKind = (path: string, packets: number): object[] => [
  { path, kind: 'flood', payloadBytes: 64, packets },
  { path, kind: 'pingpong', payloadBytes: 64, packets, timeoutNs: 1e9 },
  { path, kind: 'paced', payloadBytes: 64, packets, ratePps: 50_000 },
]

for (const binary of binaries) {
  for (const receiver of Object.keys(receivers) as Receiver[])
    test.serial(`${binary}, ${receiver}: flows come out at the servers that they are aimed at`, async (t) => {
      const topology = twoServers(5)
      const generator = await startGenerator(t, binary, topology)
      await openPath(generator, topology.path, receiver)
      for (const record of await generator.run(...everyKind('loopback', 300)))
        t.like(record, {
          received: 300,
          ...whole,
          // Flows 0, 2 and 4, and flows 1 and 3.
          receivedByServer: [180, 120],
          flowsByServer: [3, 2],
        })
      t.is(await generator.end(), 0)
    })

  test.serial(`${binary}: servers may be in different namespaces`, async (t) => {
    const topology = twoNamespaces('ip -n client link set lo up')
    const [server] = topology.path.servers
    const servers = [server!, { namespace: '/run/netns/client', address: '10.0.0.1', port: 7000 }]
    const targets = servers.map(({ address, port }) => ({ address, port }))
    const generator = await startGenerator(t, binary, topology)
    await openPath(generator, {
      ...topology.path,
      client: { ...topology.path.client, flows: 2 },
      targets,
      servers,
    })
    for (const record of await generator.run(...everyKind('veth', 100)))
      t.like(record, { received: 100, ...whole, receivedByServer: [50, 50], flowsByServer: [1, 1] })
    t.is(await generator.end(), 0)
  })

  test.serial(`${binary}: a server that no flow is aimed at receives nothing`, async (t) => {
    const topology = twoServers(3)
    const generator = await startGenerator(t, binary, topology)
    await openPath(generator, { ...topology.path, targets: [topology.path.targets[1]!] })
    for (const record of await generator.run(...everyKind('loopback', 100)))
      t.like(record, { received: 100, ...whole, receivedByServer: [0, 100], flowsByServer: [0, 3] })
    t.is(await generator.end(), 0)
  })

  test.serial(
    `${binary}: a trial goes on with the flows where the one before on its path ended`,
    async (t) => {
      const topology = twoServers(10)
      const generator = await startGenerator(t, binary, topology)
      await openPath(generator, topology.path)
      const records = await generator.run(...everyKind('loopback', 3), ...everyKind('loopback', 3))
      t.deepEqual(
        records.map(({ flowsByServer }) => flowsByServer),
        [
          [2, 1],
          [3, 3],
          [5, 4],
          [5, 5],
          [5, 5],
          [5, 5],
        ],
      )
      t.deepEqual(
        records.map(({ receivedByServer }) => receivedByServer),
        [
          [2, 1],
          [1, 2],
          [2, 1],
          [1, 2],
          [2, 1],
          [1, 2],
        ],
      )
      t.is(await generator.end(), 0)
    },
  )

  test.serial(
    `${binary}: a flood takes bursts so small that it reaches every flow, if it has packets enough`,
    async (t) => {
      for (const [flows, packets, reached] of [
        [7, 20, 7],
        [100, 150, 100],
        [100, 99, 99],
        [3, 3200, 3],
      ]) {
        const topology = twoServers(flows!)
        const generator = await startGenerator(t, binary, topology)
        await openPath(generator, topology.path)
        const [flood] = await generator.run({
          path: 'loopback',
          kind: 'flood',
          payloadBytes: 64,
          packets: packets!,
        })
        t.like(flood, { received: packets!, ...whole })
        t.is(flood!.flowsByServer[0]! + flood!.flowsByServer[1]!, reached!)
        t.is(await generator.end(), 0)
      }
    },
  )

  test.serial(`${binary}: paths opened again know nothing of where flows were`, async (t) => {
    const topology = twoServers(4)
    const generator = await startGenerator(t, binary, topology)
    const counts = []
    for (const targets of [topology.path.targets, topology.path.targets.toReversed()]) {
      await openPath(generator, { ...topology.path, targets })
      const [record] = await generator.run({
        path: 'loopback',
        kind: 'flood',
        payloadBytes: 64,
        packets: 1,
      })
      counts.push(record!.flowsByServer, record!.movedPackets)
    }
    t.deepEqual(counts, [[1, 0], 0, [0, 1], 0])
    t.is(await generator.end(), 0)
  })

  test.serial(
    `${binary}: 1,024 flows to 16 servers, more sockets than a process may open at first`,
    async (t) => {
      const servers = Array.from({ length: 16 }, (_, i) => ({ address: '127.0.0.1', port: 7000 + i }))
      const path = { name: 'loopback', client: { flows: 1024 }, targets: servers, servers }
      const generator = await startGenerator(t, binary, {
        setup: `ulimit -S -n 256\n${loopback.setup}`,
        path,
      })
      await openPath(generator, path)
      for (const record of await generator.run(...everyKind('loopback', 2048)))
        t.like(record, {
          received: 2048,
          ...whole,
          receivedByServer: Array(16).fill(128),
          flowsByServer: Array(16).fill(64),
        })
      t.is(await generator.end(), 0)
    },
  )

  test.serial(`${binary}: more sockets than a process may open at all are an error`, async (t) => {
    const topology = { ...twoServers(1024), setup: `ulimit -n 256\n${loopback.setup}` }
    const generator = await startGenerator(t, binary, topology)
    t.like(await generator.ask({ command: 'open', ...receivers.spinning, paths: [topology.path] }), {
      event: 'error',
      path: 'loopback',
      message: 'could not open an IPv4 socket: Too many open files',
    })
    await openPath(generator, twoServers(2).path)
    t.is(await generator.end(), 0)
  })
}
