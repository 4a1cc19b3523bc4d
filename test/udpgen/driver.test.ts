/** pathbench's own driver of the generator, over what only it and the generator must agree on. */
import test, { type ExecutionContext } from 'ava'
import { compile } from '../../src/datapath/compile.ts'
import { inProject } from '../../src/host/project.ts'
import { type Generator, startGenerator } from '../../src/load/generator.ts'
import { openSandbox, type Sandbox, sandboxFolders } from '../../src/topology/sandbox.ts'
import { build } from './generator.ts'

test.before(build)

/** A generator in a sandbox of its own, with namespace `host`, whose loopback device is up. */
const started = async (t: ExecutionContext): Promise<{ sandbox: Sandbox; generator: Generator }> => {
  const sandbox = await openSandbox()
  t.teardown(() => sandbox.close())
  const commands = [
    ['ip', 'netns', 'add', 'host'],
    ['ip', '-n', 'host', 'link', 'set', 'lo', 'up'],
  ] as const
  await sandbox.run(commands.map((command) => ({ command, what: 'make a namespace' })))
  return { sandbox, generator: await startGenerator(sandbox) }
}

const host = `${sandboxFolders.namespaces}/host`

test.serial('trials over many flows and several servers come back with their shares', async (t) => {
  const { generator } = await started(t)
  const targets = [7000, 7001, 7002].map((port) => ({ address: '127.0.0.1', port }))
  const servers = targets.map((target) => ({ ...target, namespace: host }))
  await generator.open([{ name: 'direct', client: { namespace: host, flows: 6 }, targets, servers }], {
    senderCpu: 0,
    receiverCpu: 1,
    receiver: 'spinning',
  })
  const load = { path: 'direct', payloadBytes: 64, packets: 60 }
  const trials = await generator.runBlock([
    { ...load, kind: 'flood' },
    { ...load, kind: 'pingpong' },
    { ...load, kind: 'paced', ratePps: 50_000 },
  ])
  t.is(trials.length, 3)
  for (const trial of trials)
    t.like(trial, {
      received: 60,
      receivedByServer: [20, 20, 20],
      flowsByServer: [2, 2, 2],
      movedPackets: 0,
    })
  await generator.stop()
})

test.serial('the cost of a program is measured in the sandbox, or said to be impossible', async (t) => {
  const { sandbox, generator } = await started(t)
  const { file: object } = await compile(inProject('test', 'udpgen', 'program-cost.bpf.c'))
  const pins = `${sandboxFolders.bpf}/program`
  await sandbox.run([{ command: ['bpftool', 'prog', 'loadall', object, pins], what: 'load programs' }])
  const order = {
    namespace: host,
    program: `${pins}/shows_frame`,
    floor: `${pins}/nothing`,
    type: 'xdp',
    ifindex: 1,
    frame: '00'.repeat(60),
    batches: 3,
    runs: 20,
  } as const
  const { action, programNs, floorNs } = await generator.programCost(order)
  t.is(action, 10_060)
  t.deepEqual([programNs.length, floorNs.length], [3, 3])
  await t.throwsAsync(generator.programCost({ ...order, type: 'tc' }), {
    message: `Could not measure the cost of program ${pins}/shows_frame: ${pins}/shows_frame is not a TC program`,
  })
  await generator.stop()
})
