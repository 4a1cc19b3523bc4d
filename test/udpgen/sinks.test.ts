import test, { type ExecutionContext } from 'ava'
import { liveFramePins, liveFramesOrder } from '../../src/datapath/live-frames.ts'
import { sinkOrder } from '../../src/datapath/sinks.ts'
import { sinkFolder, sinkPins } from '../../src/topology/sink-pins.ts'
import { binaries, build, startGenerator, type TrialAnswer, whole } from './generator.ts'
import { receivers } from './open-path.ts'
import { loadPrograms } from './own-programs.ts'
import { rule, twoNamespaces, twoNamespacesOver } from './topologies.ts'

test.before(build)

/** What the client's device does to packets for the server. */
const onWay = (statement: string): string =>
  `ip netns exec client nft 'table netdev t { chain c { type filter hook egress device "to-server" priority 0;
   udp dport 7000 ${statement}; }; }'`

interface Asked {
  readonly engine: 'socket' | 'packet' | 'xdp'
  readonly family?: 4 | 6
  readonly receiver?: keyof typeof receivers
  readonly flows?: number
  readonly payloadBytes?: number
  readonly packets?: number
}

/** Two floods to sink xdp between two namespaces, and one to sockets after them. */
async function flood(
  t: ExecutionContext,
  binary: (typeof binaries)[number],
  asked: Asked,
  ...commands: string[]
): Promise<readonly TrialAnswer[]> {
  const { engine, family = 4, receiver = 'spinning', flows = 1, payloadBytes = 64, packets = 400 } = asked
  const topology = twoNamespacesOver(
    family,
    flows,
    loadPrograms(liveFramesOrder(), sinkOrder(sinkFolder('veth', 0))),
    ...commands,
  )
  const servers = topology.path.servers.map((one) => ({ ...one, sink: sinkPins('veth', 0) }))
  const path = { ...topology.path, servers }
  const generator = await startGenerator(t, binary, topology)
  const answer = await generator.ask({
    command: 'open',
    ...receivers[receiver],
    paths: [{ ...path, engines: [engine] }],
    liveFrames: liveFramePins,
  })
  t.is(answer.event, 'opened', answer.message)
  const trial = { path: path.name, kind: 'flood', engine, payloadBytes, packets, quietNs: 20e6 }
  const answers = await generator.run(
    { ...trial, sink: 'xdp' },
    { ...trial, sink: 'xdp' },
    { ...trial, engine: 'socket' },
  )
  t.is(await generator.end(), 0)
  return answers
}

for (const binary of binaries)
  for (const [asked, words] of [
    [{ engine: 'xdp', packets: 3001 }, 'IPv4 by engine xdp'],
    [
      { engine: 'packet', family: 6, flows: 3, payloadBytes: 1452 },
      'long ones on flows of IPv6 by engine packet',
    ],
    [{ engine: 'socket', flows: 7, payloadBytes: 1472 }, 'the longest on flows of IPv4 by sockets'],
    [
      { engine: 'socket', family: 6, payloadBytes: 33, receiver: 'blocking' },
      'IPv6 by sockets, for a receiver that sleeps',
    ],
  ] as const)
    test.serial(
      `${binary}: sink xdp takes every packet once, and sockets take them again after it: ${words}`,
      async (t) => {
        const trials = await flood(t, binary, asked)
        const packets = 'packets' in asked ? asked.packets : 400
        const sinks = []
        for (const trial of trials) {
          t.is(trial.sendError, undefined)
          t.like(trial, { sent: packets, received: packets, ...whole, movedPackets: 0 })
          sinks.push((trial as { readonly sink?: string }).sink)
        }
        t.deepEqual(sinks, ['xdp', 'xdp', 'socket'])
      },
    )

for (const binary of binaries) {
  for (const [what, statement, found] of [
    ['is lost', 'numgen inc mod 4 0 drop', { lost: 100, corrupted: 0 }],
    ['is spoilt', `numgen inc mod 4 0 @th,${8 * (8 + 40)},8 set 0`, { lost: 100, corrupted: 100 }],
    // Addresses are the kernel's, at random: a byte alone may be this already.
    ["has another host's address", 'numgen inc mod 4 0 @ll,32,16 set 25443', { lost: 100, corrupted: 0 }],
  ] as const)
    test.serial(`${binary}: sink xdp counts none of every fourth packet that ${what}`, async (t) => {
      for (const trial of await flood(t, binary, { engine: 'socket' }, onWay(statement)))
        t.like(trial, { sent: 400, received: 300, duplicated: 0, strays: 0, ...found })
    })

  test.serial(`${binary}: packets that come twice to sink xdp count as received once`, async (t) => {
    const doubled = rule('client', 'output', 'dup to 10.0.0.2 device "to-server"')
    const trials = await flood(t, binary, { engine: 'socket' }, doubled)
    for (const trial of trials) t.like(trial, { sent: 400, received: 400, lost: 0, corrupted: 0 })
    // A trial is over when its last packet has arrived, perhaps before the copy, which then is a stray.
    const [first, second, third] = trials
    t.is(first!.duplicated + second!.duplicated + second!.strays + third!.strays, 800)
  })

  test.serial(`${binary}: a path is taken from by sinks alone that it was opened with`, async (t) => {
    const topology = twoNamespaces()
    const generator = await startGenerator(t, binary, topology)
    await generator.ask({ command: 'open', ...receivers.spinning, paths: [topology.path] })
    const order = { path: 'veth', payloadBytes: 64, packets: 10 }
    const messages = []
    for (const trial of [
      { ...order, kind: 'flood', sink: 'xdp' },
      { ...order, kind: 'flood', sink: 'drain' },
      { ...order, kind: 'paced', ratePps: 1000, sink: 'socket' },
    ])
      messages.push((await generator.ask({ command: 'block', trials: [trial] })).message)
    t.deepEqual(messages, [
      'trials[0]: path "veth" is not open for sink xdp',
      'trials[0]: sink is "drain", expected socket or xdp',
      'trials[0]: sink is for floods',
    ])
    t.is(await generator.end(), 0)
  })
}
