import type { ExecutionContext } from 'ava'
import type { RunRecord } from '../../src/results/record.ts'
import { listRuns, readRun } from '../../src/results/store.ts'
import { asRoot } from './as-root.ts'
import { bench } from './bench-command.ts'
import { lies, liesBySizeOrFlow, type Lies, lossesMadeUpFor, routerRules } from './lying-paths.ts'
import { type Change, changedScenario, ownScenario } from './own-scenario.ts'

/** Paths of whole runs are live at once: so many of them a run. */
const pathsOfARun = 12

const candidate = (rules: string) => ({
  role: 'candidate',
  title: 'forwards as the stack does, with a rule of nftables',
  needs: ['nftables'],
  topology: { namespaces: { 'netns-2': { nftables: rules } } },
})

/** The stack, an honest path with a rule that only counts, and others. */
const pathChanges = (others: Readonly<Record<string, unknown>>): Change[] => [
  ...['redirect', 'control', 'floor'].map((name): Change => [['paths', name], undefined]),
  [['paths', 'honest'], candidate(routerRules(['counter']))],
  ...Object.entries(others).map(([name, path]): Change => [['paths', name], path]),
]

async function measure(t: ExecutionContext, changes: readonly Change[]): Promise<RunRecord> {
  const own = ownScenario(t, changedScenario(changes))
  const ended = await bench(own.runArguments('--rounds', '1', '--blocks', '6', '--no-report'))
  t.is(ended.exitCode, 4, ended.stderr)
  const [run] = listRuns(own.resultsFolder)
  if (run === undefined) throw new Error(`no result was kept: ${ended.stderr}`)
  return readRun(own.resultsFolder, run.folder)
}

/** That the honest path is measured and compared, and no other is. */
function onlyHonestIsCompared(
  t: ExecutionContext,
  { paths, comparisons }: RunRecord,
  liars: readonly string[],
) {
  const statusOf = (name: string) => paths.find((path) => path.name === name)
  t.deepEqual([statusOf('stack')?.status, statusOf('honest')?.status], ['measured', 'measured'])
  t.deepEqual([...new Set(comparisons.map(({ path }) => path))], ['honest'])
  for (const name of liars) {
    const path = statusOf(name)
    t.is(path?.status, 'invalid', name)
    t.regex(
      path?.reason ?? '',
      /^it does not deliver what it is sent: |arrived.*probed$|answered.*probed$/,
      name,
    )
  }
}

const groupsOf = (all: Lies): (readonly [string, string])[][] => {
  const entries = Object.entries(all)
  return Array.from({ length: Math.ceil(entries.length / pathsOfARun) }, (_, group) =>
    entries.slice(group * pathsOfARun, (group + 1) * pathsOfARun),
  )
}

const candidatesOf = (entries: readonly (readonly [string, string])[]) =>
  Object.fromEntries(entries.map(([name, statement]) => [name, candidate(routerRules([statement]))]))

for (const [number, group] of groupsOf(lies).entries())
  asRoot(
    `no path that lies is compared with the stack, an honest one beside it is: ${number + 1}`,
    async (t) => {
      const record = await measure(t, pathChanges(candidatesOf(group)))
      onlyHonestIsCompared(
        t,
        record,
        group.map(([name]) => name),
      )
    },
  )

asRoot('a path that lies about large packets or some flows alone is found out too', async (t) => {
  const load = [
    { kind: 'flood', packets: 200, payloadBytes: 64 },
    { kind: 'pingpong', packets: 50, payloadBytes: 1400 },
    { kind: 'paced', packets: 100, payloadBytes: 1472 },
  ]
  const entries = Object.entries(liesBySizeOrFlow)
  const record = await measure(t, [
    [['load'], load],
    [['client', 'flows'], 8],
    ...pathChanges(candidatesOf(entries)),
  ])
  onlyHonestIsCompared(
    t,
    record,
    entries.map(([name]) => name),
  )
})

asRoot('what is lost is not made up for by copies of something else', async (t) => {
  const record = await measure(
    t,
    pathChanges({
      'makes-up': {
        ...candidate(routerRules(lossesMadeUpFor)),
        proof: [{ counter: 'netns-3/Udp.InDatagrams', equals: 'requests' }],
      },
    }),
  )
  onlyHonestIsCompared(t, record, ['makes-up'])
})

asRoot(
  'packets that come to another server than was called are found out, though each is answered',
  async (t) => {
    // Connection tracking puts the answers' source right: to the client all is as it should be.
    const astray = 'ip daddr 10.10.3.20 dnat to 10.10.3.11'
    const rules = `table ip lie { chain c { type nat hook prerouting priority dstnat; udp dport 7000 ${astray}; }; }`
    const record = await measure(t, [
      [['server'], undefined],
      [
        ['servers'],
        ['10.10.3.20', '10.10.3.11'].map((address) => ({ namespace: 'netns-3', address, port: 7000 })),
      ],
      [['client', 'flows'], 8],
      ...pathChanges({ astray: candidate(rules) }),
    ])
    onlyHonestIsCompared(t, record, ['astray'])
    const { reason = '' } = record.paths.find(({ name }) => name === 'astray') ?? {}
    t.regex(reason, /packets that came to another end than was called: \d+, expected none/)
  },
)

asRoot('a path may lose what its scenario allows, and what it lost stands in the record', async (t) => {
  const lossy = { ...candidate(routerRules([lies['drops-one-in-97'] ?? ''])), allows: { lossRatio: '3%' } }
  const own = ownScenario(t, changedScenario(pathChanges({ lossy })))
  const ended = await bench(own.runArguments('--rounds', '1', '--blocks', '6', '--no-report'))
  t.is(ended.exitCode, 0, ended.stderr)
  const [run] = listRuns(own.resultsFolder)
  const { paths } = readRun(own.resultsFolder, run!.folder)
  const { status, allows, delivery = [] } = paths.find(({ name }) => name === 'lossy')!
  t.is(status, 'measured')
  t.deepEqual(allows, { lossRatio: 0.03 })
  const lost = delivery.reduce((sum, one) => sum + one.lost, 0)
  t.true(lost > 0)
  t.true(lost < 0.03 * delivery.reduce((sum, { sent }) => sum + sent, 0))
})
