/** Whole runs whose floods are taken before the server's stack. */
import type { ExecutionContext } from 'ava'
import { asRoot } from './as-root.ts'
import { bench } from './bench-command.ts'
import { keptRun } from './kept-run.ts'
import { candidate, pathChanges } from './lying-scenarios.ts'
import { changedScenario, ownScenario } from './own-scenario.ts'
import { recordOf, unproven } from './proven.ts'
import { temporaryFolder } from './temporary-folder.ts'

const oneBlock = ['--blocks', '1']

for (const [engine, family] of [
  ['xdp', '4'],
  ['socket', '6'],
] as const)
  asRoot(`floods by engine ${engine} to sink xdp go their proven ways over IPv${family}`, async (t) => {
    const words = ['redirect-vs-stack', '--engine', engine, '--sink', 'xdp', '--family', family]
    const record = await recordOf([...words, ...oneBlock], temporaryFolder(t))
    t.deepEqual(unproven(record), [])
    const { settings, scenario, command, trials } = record
    const words6 = family === '6' ? '-ipv6' : ''
    t.is(scenario, `redirect-vs-stack${words6}${engine === 'xdp' ? '-xdp' : ''}-sink-xdp`)
    t.deepEqual(
      settings.trials.map(({ sink }) => sink),
      ['xdp', undefined, undefined],
    )
    t.true(command.includes('--sink xdp'))
    const floods = trials.filter(({ kind }) => kind === 'flood')
    t.true(floods.length > 0)
    t.true(floods.every(({ sent, received }) => sent === 800 && received === 800))
  })

asRoot("a path that goes past the sink's hook is skipped, and not said to lose packets", async (t) => {
  const words = ['redirect-family', '--only', 'redirect-peer', '--sink', 'xdp']
  const { paths } = await recordOf([...words, ...oneBlock], temporaryFolder(t))
  const path = paths.find(({ name }) => name === 'redirect-peer')
  t.is(path?.status, 'skipped')
  t.regex(path?.reason ?? '', /do not meet the hook .*: by sockets all arrive$/)
})

/** What the router does to packets on their way to the server. */
const onWay = (statement: string): string =>
  `table ip lie { chain c { type filter hook forward priority 0; udp dport 7000 ${statement}; }; }`

// What befalls one in 200 befalls none of the fewer that a path is probed with.
const liars = {
  'loses-some': candidate(onWay('numgen inc mod 200 199 drop')),
  // The 40th byte of the payload, behind the generator's header.
  'spoils-some': candidate(onWay('numgen inc mod 200 199 @th,384,8 set 0')),
  'claims-another-way': {
    ...candidate(onWay('counter')),
    proof: [{ counter: 'netns-2/Ip.ForwDatagrams', equals: 0 }],
  },
  // Its server's stack has none of the floods, whatever it is asked for.
  'counts-too-many': {
    ...candidate(onWay('counter')),
    proof: [{ counter: 'netns-3/Udp.InDatagrams', equals: 'requests + 1' }],
  },
}

async function measure(t: ExecutionContext) {
  const load = [{ kind: 'flood', packets: 200, sink: 'xdp' }]
  const own = ownScenario(t, changedScenario([...pathChanges(liars, onWay('counter')), [['load'], load]]))
  const ended = await bench(own.runArguments('--rounds', '1', ...oneBlock, '--no-report'))
  return keptRun(own.resultsFolder, ended)
}

asRoot('no path that loses or spoils what sink xdp takes, or takes another way, is compared', async (t) => {
  const { paths, comparisons } = await measure(t)
  const pathOf = (name: string) => paths.find((path) => path.name === name)
  t.deepEqual([pathOf('stack')?.status, pathOf('honest')?.status], ['measured', 'measured'])
  t.deepEqual([...new Set(comparisons.map(({ path }) => path))], ['honest'])
  for (const [name, reason] of [
    ['loses-some', /lost/],
    ['spoils-some', /other content|spoilt/],
    ['claims-another-way', /netns-2\/Ip/],
    ['counts-too-many', /netns-3\/Udp/],
  ] as const) {
    t.is(pathOf(name)?.status, 'invalid', name)
    t.regex(pathOf(name)?.reason ?? '', reason, name)
  }
})
