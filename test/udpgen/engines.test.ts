import test, { type ExecutionContext } from 'ava'
import { liveFramePins, liveFramesOrder } from '../../src/datapath/live-frames.ts'
import { binaries, build, startGenerator, type TrialAnswer, whole } from './generator.ts'
import { receivers } from './open-path.ts'
import { loadPrograms } from './own-programs.ts'
import { type Topology, twoNamespacesOver } from './topologies.ts'

test.before(build)

const receiveFrames = 'ip netns exec server ethtool -K to-client gro on'

async function flood(
  t: ExecutionContext,
  binary: (typeof binaries)[number],
  topology: Topology,
  engine: string,
  order: { payloadBytes: number; packets: number },
): Promise<readonly TrialAnswer[]> {
  const generator = await startGenerator(t, binary, topology)
  const answer = await generator.ask({
    command: 'open',
    ...receivers.spinning,
    paths: [{ ...topology.path, engines: [engine] }],
    ...(engine === 'xdp' ? { liveFrames: liveFramePins } : {}),
  })
  t.is(answer.event, 'opened', answer.message)
  const trial = { path: topology.path.name, kind: 'flood', engine, ...order }
  const answers = await generator.run(trial, trial)
  t.is(await generator.end(), 0)
  return answers
}

for (const binary of binaries)
  for (const engine of ['gso', 'packet', 'xdp'])
    for (const [family, flows, payloadBytes] of [
      [4, 1, 64],
      [4, 7, 1471],
      [6, 1, 1452],
      [6, 3, 33],
    ] as const)
      test.serial(
        `${binary}: engine ${engine} delivers packets of ${payloadBytes} bytes whole, on ${flows} flows of IPv${family}`,
        async (t) => {
          const setup = engine === 'xdp' ? [receiveFrames, loadPrograms(liveFramesOrder())] : []
          const packets = 3001
          const trials = await flood(t, binary, twoNamespacesOver(family, flows, ...setup), engine, {
            payloadBytes,
            packets,
          })
          for (const trial of trials) {
            t.is(trial.sendError, undefined)
            t.like(trial, { sent: packets, received: packets, ...whole, movedPackets: 0 })
            t.deepEqual(trial.flowsByServer, [flows])
          }
        },
      )

for (const binary of binaries) {
  test.serial(`${binary}: a next hop whose address is not known yet is asked for it`, async (t) => {
    const forgotten = twoNamespacesOver(4, 1, 'ip -n client neighbour delete 10.0.0.2 dev to-server')
    const [trial] = await flood(t, binary, forgotten, 'packet', { payloadBytes: 64, packets: 100 })
    t.like(trial, { sent: 100, received: 100, ...whole })
  })

  test.serial(`${binary}: a next hop that does not answer is why nothing was sent`, async (t) => {
    const silent = twoNamespacesOver(
      4,
      1,
      'ip -n client neighbour delete 10.0.0.2 dev to-server',
      'ip -n server link set to-client arp off',
    )
    const [trial] = await flood(t, binary, silent, 'packet', { payloadBytes: 64, packets: 100 })
    t.like(trial, { sent: 0, received: 0, sendError: 'the next hop does not say its MAC address' })
  })

  for (const engine of ['gso', 'packet'])
    test.serial(`${binary}: engine ${engine} sends nothing that is longer than the MTU`, async (t) => {
      const narrow = twoNamespacesOver(4, 1, 'ip -n client link set to-server mtu 1300')
      const [trial] = await flood(t, binary, narrow, engine, { payloadBytes: 1400, packets: 100 })
      t.like(trial, { sent: 0, received: 0, sendError: 'Message too long' })
    })

  test.serial(`${binary}: a path is sent over by those engines alone that it was opened for`, async (t) => {
    const generator = await startGenerator(t, binary, twoNamespacesOver(4, 1))
    const { path } = twoNamespacesOver(4, 1)
    await generator.ask({ command: 'open', ...receivers.spinning, paths: [path] })
    const order = { path: path.name, payloadBytes: 64, packets: 10 }
    const messages = []
    for (const trial of [
      { ...order, kind: 'flood', engine: 'packet' },
      { ...order, kind: 'flood', engine: 'rings' },
      { ...order, kind: 'paced', ratePps: 1000, engine: 'socket' },
    ])
      messages.push((await generator.ask({ command: 'block', trials: [trial] })).message)
    t.deepEqual(messages, [
      'trials[0]: path "veth" is not open for engine packet',
      'trials[0]: engine is "rings", expected socket, gso, packet or xdp',
      'trials[0]: engine is for floods',
    ])
    const refused = await generator.ask({
      command: 'open',
      ...receivers.spinning,
      paths: [{ ...path, engines: ['xdp'] }],
    })
    t.is(refused.message, 'engine xdp needs liveFrames, the pins of its program and map')
    t.is(await generator.end(), 0)
  })
}
