/** Bridges that make a loop: what is broadcast there goes round for ever, and keeps the kernel busy. */
import { listRuns, readRun } from '../../src/keep/store.ts'
import { asRoot } from './as-root.ts'
import { startBench } from './bench-command.ts'
import { leftAfterAWhile } from './leftovers.ts'
import { markedScenario } from './marked-scenario.ts'
import type { Change } from './own-scenario.ts'

const port = (device: string, bridge: string) => ({ namespace: 'netns-2', device, bridge })

/** A second candidate whose router is two bridges that are joined twice. */
const looped: Change = [
  ['paths', 'looped'],
  {
    role: 'candidate',
    title: 'two bridges, joined twice',
    topology: {
      namespaces: {
        'netns-1': { routes: [{ to: '10.10.3.0/24', device: 'veth1@1' }] },
        'netns-3': { routes: [{ to: '10.10.2.0/24', device: 'veth2@2' }] },
      },
      bridges: { left: { namespace: 'netns-2' }, right: { namespace: 'netns-2' } },
      links: {
        veth1: [
          { namespace: 'netns-1', device: 'veth1@1', addresses: ['10.10.2.11/24'] },
          port('veth1@2', 'left'),
        ],
        veth2: [
          port('veth2@1', 'right'),
          { namespace: 'netns-3', device: 'veth2@2', addresses: ['10.10.3.20/24'] },
        ],
        one: [port('left-1', 'left'), port('right-1', 'right')],
        other: [port('left-2', 'left'), port('right-2', 'right')],
      },
    },
    way: ['netns-1', 'netns-1/veth1@1', 'netns-2/veth1@2', 'netns-2/veth2@1', 'netns-3/veth2@2', 'netns-3'],
    proof: [{ counter: 'netns-3/Udp.InDatagrams', equals: 'requests' }],
  },
]

asRoot(
  'a path in which packets go in circles costs itself, and ends the run neither late nor untold',
  async (t) => {
    t.timeout(300_000)
    const own = markedScenario(t, [looped])
    const run = startBench(own.runArguments('--rounds', '2', '--blocks', '2', '--no-report'), {
      environment: own.mark.environment,
    })
    t.teardown(() => run.kill('SIGKILL'))
    const { exitCode, stderr } = await run
    t.is(exitCode, 4, stderr)
    const record = readRun(own.resultsFolder, listRuns(own.resultsFolder)[0]!.folder)
    const statusOf = (name: string) => record.paths.find((path) => path.name === name)?.status
    t.is(statusOf('looped'), 'invalid')
    t.deepEqual(['stack', 'redirect', 'floor'].map(statusOf), ['measured', 'measured', 'measured'], stderr)
    t.deepEqual(await leftAfterAWhile(own.mark), [])
  },
)
