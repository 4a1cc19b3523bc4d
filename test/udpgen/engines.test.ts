import test, { type ExecutionContext } from 'ava'
import { liveFramePins, liveFramesOrder } from '../../src/datapath/live-frames.ts'
import { loaderCommand, loadOrderText } from '../../src/datapath/loader.ts'
import { sandboxFolders } from '../../src/topology/sandbox.ts'
import { binaries, build, startGenerator, type TrialAnswer } from './generator.ts'
import { receivers } from './open-path.ts'
import { type Topology, twoNamespaces } from './topologies.ts'

test.before(build)

const addresses = { 4: '10.0.0.2', 6: 'fd00::2' } as const

/** Two namespaces, a path over the family, with so many flows, and the engines that it is open for. */
const opened = (family: 4 | 6, flows: number, ...commands: string[]) => {
  const topology = twoNamespaces(
    ...['client', 'server'].map(
      (name) => `ip netns exec ${name} sh -c 'echo 0 >/proc/sys/net/ipv6/conf/all/disable_ipv6'`,
    ),
    'ip -n client address add fd00::1/64 dev to-server nodad',
    'ip -n server address add fd00::2/64 dev to-client nodad',
    'ip -n client neighbour replace fd00::2 dev to-server lladdr "$(mac server to-client)"',
    'ip -n server neighbour replace fd00::1 dev to-client lladdr "$(mac client to-server)"',
    ...commands,
  )
  const place = { address: addresses[family], port: 7000 }
  const path = {
    ...topology.path,
    client: { ...topology.path.client, flows },
    targets: [place],
    servers: [{ ...topology.path.servers[0]!, ...place }],
  }
  return { ...topology, path }
}

/** Loads the program that sends whole frames, as a run does. */
const loadLiveFrames = `mkdir ${sandboxFolders.bpf} && mount -t bpf bpf ${sandboxFolders.bpf} &&
echo '${loadOrderText([liveFramesOrder()])}' | '${loaderCommand.join("' '")}' >/dev/null`

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

const whole = { lost: 0, corrupted: 0, duplicated: 0, misdirected: 0, strays: 0, reordered: 0 }

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
          const setup = engine === 'xdp' ? [receiveFrames, loadLiveFrames] : []
          const packets = 3001
          const trials = await flood(t, binary, opened(family, flows, ...setup), engine, {
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
    const forgotten = opened(4, 1, 'ip -n client neighbour delete 10.0.0.2 dev to-server')
    const [trial] = await flood(t, binary, forgotten, 'packet', { payloadBytes: 64, packets: 100 })
    t.like(trial, { sent: 100, received: 100, ...whole })
  })

  test.serial(`${binary}: a next hop that does not answer is why nothing was sent`, async (t) => {
    const silent = opened(
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
      const narrow = opened(4, 1, 'ip -n client link set to-server mtu 1300')
      const [trial] = await flood(t, binary, narrow, engine, { payloadBytes: 1400, packets: 100 })
      t.like(trial, { sent: 0, received: 0, sendError: 'Message too long' })
    })

  test.serial(`${binary}: a path is sent over by those engines alone that it was opened for`, async (t) => {
    const generator = await startGenerator(t, binary, opened(4, 1))
    const { path } = opened(4, 1)
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
