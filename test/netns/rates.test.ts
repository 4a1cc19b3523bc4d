import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ExecutionContext } from 'ava'
import { searches, soaks } from '../../src/keep/rate-store.ts'
import { asRoot } from './as-root.ts'
import { bench, startBench } from './bench-command.ts'
import { comesTrue } from './comes-true.ts'
import { changedScenario, ownScenario } from './own-scenario.ts'

/** Lets through some of what a path is probed with, however often, and then 500 a second: whoever offers many more loses most on the way. */
const policed = changedScenario([
  [
    ['paths', 'redirect'],
    {
      role: 'candidate',
      title: 'the kernel behind a policer',
      topology: {
        namespaces: {
          'netns-2': {
            nftables:
              'table ip police {\n  chain forward {\n    type filter hook forward priority 0\n    limit rate over 500/second burst 10 packets drop\n  }\n}\n',
          },
        },
      },
      proof: [{ counter: 'netns-3/Udp.InDatagrams', equals: 'requests' }],
    },
  ],
])

const own = (t: ExecutionContext, text = changedScenario()) => {
  const { file, resultsFolder, reportsFolder } = ownScenario(t, text)
  return {
    resultsFolder,
    words: (command: string, ...words: string[]) => [
      ...[command, file, ...words, '--results', resultsFolder, '--reports', reportsFolder],
    ],
  }
}

// Bounds so wide that a busy machine reaches them.
const coarse = ['--goal', 'pdr', '--loss', '50%', '--trial', '20ms', '--sum', '60ms', '--width', '50%']

asRoot('a search measures every path in turns, accounts for every packet, and is kept', async (t) => {
  const { words, resultsFolder } = own(t)
  const { exitCode, stdout, stderr } = await bench(words('search', ...coarse, '--max-time', '60s'))
  t.is(exitCode, 0, stderr + stdout)
  const [{ id, folder } = t.fail('there is one search'), ...others] = searches.list(resultsFolder)
  t.deepEqual(others, [])
  const search = searches.read(resultsFolder, id).kept
  t.true(search.complete)
  t.deepEqual(
    search.paths.map(({ name, status }) => [name, status]),
    ['stack', 'redirect', 'control', 'floor'].map((name) => [name, 'measured']),
  )
  t.true(search.paths.every(({ proof }) => proof.length > 0 && proof.every(({ holds }) => holds)))
  t.deepEqual(
    search.results.map(({ path }) => path),
    search.paths.map(({ name }) => name),
  )
  for (const { packets, received, loss } of search.trials)
    t.is(received + loss.notOffered + loss.atSocket + loss.onPath, packets)
  t.true(
    search.trials.every(({ loss }) => loss.onPath === 0),
    'nothing gets lost on these paths',
  )
  t.is(new Set(search.trials.slice(0, 4).map(({ path }) => path)).size, 4)
  t.regex(stdout, /what each path takes/)
  t.regex((await bench(['list', '--results', resultsFolder])).stdout, new RegExp(id))
  t.true(existsSync(join(folder, 'search.json')))
})

asRoot('what a path itself drops is told apart from what was not sent in time', async (t) => {
  const { words, resultsFolder } = own(t, policed)
  const { exitCode, stdout, stderr } = await bench(
    words('search', ...coarse, '--min-rate', '5k', '--max-time', '60s', '--no-report'),
  )
  t.is(exitCode, 0, stderr + stdout)
  const search = searches.read(resultsFolder, searches.list(resultsFolder)[0]!.folder).kept
  const lostOn = (name: string) =>
    search.trials.filter(({ path }) => path === name).reduce((sum, { loss: { onPath } }) => sum + onPath, 0)
  t.is(lostOn('stack'), 0)
  t.true(lostOn('redirect') > 100)
  const [, redirect] = search.results
  t.like(redirect, { path: 'redirect', state: 'irregular' })
  t.is(redirect!.lowerPps, undefined)
  const { by, loss } = redirect!.limits!
  // Where others keep the generator from its CPU for longer than that, it is the limit, and is said to be.
  t.true(by === 'path' || loss.notOffered > loss.onPath, JSON.stringify({ by, loss }))
})

/** Lets nothing through. */
const closed = (path: 'stack' | 'redirect') =>
  changedScenario([
    [
      ['paths', path, 'topology'],
      {
        namespaces: {
          'netns-3': {
            nftables:
              'table ip closed {\n  chain input {\n    type filter hook input priority 0\n    udp dport 7000 drop\n  }\n}\n',
          },
        },
      },
    ],
  ])

for (const dead of ['stack', 'redirect'] as const)
  asRoot(`what other paths take is found also where ${dead} is invalid`, async (t) => {
    const { words, resultsFolder } = own(t, closed(dead))
    const { exitCode, stdout } = await bench(words('search', ...coarse, '--max-time', '60s'))
    t.is(exitCode, 4)
    t.regex(stdout, new RegExp(`${dead}: invalid: 0 of \\d+ requests were answered`))
    const search = searches.read(resultsFolder, searches.list(resultsFolder)[0]!.folder).kept
    t.true(search.complete)
    // The control is the baseline once more.
    const left = dead === 'stack' ? ['redirect', 'floor'] : ['stack', 'control', 'floor']
    t.deepEqual(
      search.results.map(({ path }) => path),
      left,
    )
  })

asRoot('a soak that is killed keeps what it measured, and has a page', async (t) => {
  const { words, resultsFolder } = own(t)
  const killed = startBench(words('soak', '--rate', '2k', '--time', '60s', '--only', 'redirect'))
  const kept = () => soaks.list(resultsFolder)
  t.true(await comesTrue(() => kept().length > 0, 90))
  killed.kill('SIGKILL')
  await killed
  const [{ id } = t.fail('there is one soak')] = kept()
  const soak = soaks.read(resultsFolder, id).kept
  t.false(soak.complete)
  t.deepEqual([...new Set(soak.stretches.map(({ path }) => path))].toSorted(), [
    'control',
    'redirect',
    'stack',
  ])
  for (const { packets, received, loss, p50Ns, maxNs } of soak.stretches) {
    t.is(received + loss.notOffered + loss.atSocket + loss.onPath, packets)
    t.true(p50Ns > 0 && maxNs >= p50Ns)
  }
  t.is(soak.holdings.length, new Set(soak.stretches.map(({ atS }) => atS)).size)
  const { exitCode, stdout } = await bench([
    'report',
    id,
    '--results',
    resultsFolder,
    '--reports',
    resultsFolder,
  ])
  t.is(exitCode, 0)
  t.regex(readFileSync(stdout.trim(), 'utf8'), /ended early/)
})

asRoot('a soak goes to its end, and prints what it found', async (t) => {
  const { words } = own(t)
  const { exitCode, stdout, stderr } = await bench(
    words('soak', '--rate', '1k', '--time', '3s', '--json', '--no-report'),
  )
  t.is(exitCode, 0, stderr)
  const { complete, found, paths } = JSON.parse(stdout) as {
    complete: boolean
    found: { path: string; packets: number }[]
    paths: { status: string }[]
  }
  t.true(complete)
  t.deepEqual([...new Set(paths.map(({ status }) => status))], ['measured'])
  t.true(found.length === 4 && found.every(({ packets }) => packets > 0))
})

for (const [words, message] of [
  [['search', 'redirect-vs-stack', '--goal', 'mdr'], /there are ndr and pdr/],
  [['search', 'redirect-vs-stack', '--goal', 'ndr', '--loss', '1%'], /it is what pdr may lose/],
  [
    ['search', 'redirect-vs-stack', '--trial', '2s', '--max-rate', '900k'],
    /a trial has at most 1000000 packets/,
  ],
  [['search', 'redirect-vs-stack', '--min-rate', '2k', '--max-rate', '1k'], /nothing lies between/],
  [['soak', 'redirect-vs-stack', '--rate', '2M'], /expected 1 to 1000000 packets\/s/],
  [['soak', 'redirect-vs-stack', '--rate', '2k', '--time', '1s'], /expected 2 s to 168 h/],
] as const)
  asRoot(`bench ${words.join(' ')} is refused, with the reason`, async (t) => {
    const { exitCode, stderr } = await bench(words)
    t.is(exitCode, 2)
    t.regex(stderr, message)
  })
