/** TCP connections of a path: how they are made, and what is said where they are not. */
import test from 'ava'
import { build, startGenerator } from './generator.ts'
import { openPath } from './open-path.ts'
import { atServer, connect, rr, withPools } from './tcp-path.ts'
import { loopback, twoNamespaces } from './topologies.ts'

test.before(build)

test.serial('what never answers a SYN is told apart from what says nothing to a connection', async (t) => {
  for (const [statement, error] of [
    ['tcp flags syn drop', 'nobody answered its SYN'],
    ['meta length > 60 drop', 'nothing more came'],
  ] as const) {
    const topology = twoNamespaces(atServer(statement))
    const generator = await startGenerator(t, 'udpgen-sanitized', topology)
    await openPath(generator, withPools(topology.path, { connections: 1 }))
    t.like(await generator.ask(connect('veth', 100e6)), { wanted: 1, established: 0, error })
    t.is(await generator.end(), 0)
  }
})

test.serial('a path that refuses connections is told, and has none', async (t) => {
  const generator = await startGenerator(t, 'udpgen-sanitized', loopback)
  const path = { ...loopback.path, targets: [{ address: '127.0.0.1', port: 7001 }] }
  await openPath(generator, withPools(path, { connections: 2 }))
  t.like(await generator.ask(connect('loopback')), { wanted: 2, established: 0, error: 'Connection refused' })
  const [trial] = await generator.run({ ...rr(1), path: 'loopback' })
  t.like(trial, { sent: 0, received: 0, tcpError: 'it was not connected' })
})

test.serial('connections that come out at another server than was called are none', async (t) => {
  // Whoever calls the first server gets the second.
  const astray =
    "nft 'add table ip t; add chain ip t c { type nat hook output priority -100; }; add rule ip t c tcp dport 7000 redirect to :7001'"
  const generator = await startGenerator(t, 'udpgen-sanitized', {
    ...loopback,
    setup: `${loopback.setup}\n${astray}`,
  })
  const servers = [7000, 7001].map((port) => ({ address: '127.0.0.1', port }))
  await openPath(generator, withPools({ ...loopback.path, targets: servers, servers }, { connections: 4 }))
  t.like(await generator.ask(connect('loopback')), { wanted: 4, established: 4, misdirected: 2 })
  const [trial] = await generator.run({ ...rr(1), path: 'loopback' })
  t.like(trial, { sent: 0, received: 0, tcpError: 'it was not connected' })
})

test.serial('what cannot be a pool or a trial of TCP is refused in words', async (t) => {
  const generator = await startGenerator(t, 'udpgen-sanitized', loopback)
  const open = (...pools: readonly object[]) => ({
    ...{ command: 'open', senderCpu: 0, receiverCpu: 1, receiver: 'spinning' },
    paths: [{ ...loopback.path, tcp: pools }],
  })
  const wrong = [
    [open({ connections: 65 }), 'tcp[0]: connections is 65, expected 0 to 64'],
    [open({ connections: 1, mssBytes: 1 }), 'tcp[0]: mssBytes is 1, expected 88 to 32767'],
    [open(), 'tcp is not a list of 1 to 8'],
  ] as const
  for (const [command, message] of wrong) t.is((await generator.ask(command)).message, message)
  t.is((await generator.ask(open({ connections: 0 }))).event, 'opened')
  for (const trial of [
    rr(1, { path: 'loopback' }),
    { ...{ path: 'loopback', kind: 'tcp-stream', pool: 0 }, bytes: 1, sendBytes: 1 },
  ])
    t.is(
      (await generator.ask({ command: 'block', trials: [trial] })).message,
      'trials[0]: pool 0 has no connections that stay open',
    )
  t.is((await generator.ask(open({ connections: 1 }))).event, 'opened')
  t.is((await generator.ask(connect('loopback'))).established, 1)
  const trials = [
    [rr(1, { path: 'loopback', pool: 1 }), 'trials[0]: pool is 1, expected 0 to 0'],
    [rr(1, { path: 'loopback', requestBytes: 31 }), 'trials[0]: requestBytes is 31, expected 32 to 65536'],
    [
      rr(100, { path: 'loopback', rateTps: 1 }),
      'trials[0]: 100 transactions at 1 a second take longer than 60 s',
    ],
  ] as const
  for (const [trial, message] of trials)
    t.is((await generator.ask({ command: 'block', trials: [trial] })).message, message)
})
