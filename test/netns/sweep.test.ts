import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { pointFolder, readPoints, sweeps } from '../../src/keep/sweep-store.ts'
import { asRoot } from './as-root.ts'
import { bench, startBench } from './bench-command.ts'
import { comesTrue } from './comes-true.ts'
import { changedScenario, ownScenario } from './own-scenario.ts'

const quick = ['--rounds', '2', '--blocks', '1', '--seed', '7', '--no-report']

asRoot('a sweep killed at any moment goes on where it was: no round of it is measured twice', async (t) => {
  const own = ownScenario(t, changedScenario())
  const words = own.runArguments(...quick, '--sweep', 'payload=64,128', '--sweep', 'rules=0,50')
  const killed = startBench(words)
  const kept = () =>
    sweeps.list(own.resultsFolder).flatMap(({ folder }) => {
      const { kept: sweep } = sweeps.read(own.resultsFolder, folder)
      return sweep.points.filter(({ runId }) =>
        existsSync(join(pointFolder(folder, sweep, runId), 'round-0.log')),
      )
    })
  t.true(await comesTrue(() => kept().length > 0, 90))
  killed.kill('SIGKILL')
  await killed
  const [first] = kept()
  const resumedAtNs = Number(process.hrtime.bigint())

  const resumed = await bench([...words, '--resume'])
  t.is(resumed.exitCode, 0, resumed.stderr)
  t.regex(resumed.stderr, /going on with sweep-\S+: \d of 4 points/)
  const [{ folder } = t.fail('there is one sweep'), ...others] = sweeps.list(own.resultsFolder)
  t.deepEqual(others, [])
  const { kept: sweep } = sweeps.read(own.resultsFolder, folder)
  t.true(sweep.complete)
  t.deepEqual(
    sweep.points.map(({ values, state }) => [values, state]),
    [64, 128].flatMap((payload) => [0, 50].map((rules) => [{ payload, rules }, 'measured'])),
  )

  const records = readPoints(folder, sweep)
  t.is(records.size, 4)
  t.deepEqual(
    sweep.points.map(({ runId }) => records.get(runId)?.seed),
    sweep.points.map((_, index) => sweep.seed + index),
    'one seed says all of it',
  )
  const { blocks, complete, paths, request } = records.get(first!.runId)!
  t.true(complete)
  t.deepEqual([...new Set(paths.map(({ status }) => status))], ['measured'])
  t.true(blocks.every(({ round, startNs }) => (round === 0) === startNs < resumedAtNs))
  t.deepEqual(request?.changes?.set, [`payload=${first!.values.payload}`, `rules=${first!.values.rules}`])
  t.deepEqual(
    readdirSync(pointFolder(folder, sweep, first!.runId)).toSorted(),
    ['run.json', 'samples.csv', 'summary.csv'],
    'what was kept of rounds is gone',
  )
  t.regex(
    (await bench([...words, '--resume'])).stderr,
    /Could not find a sweep of redirect-vs-stack that ended early/,
  )
})

asRoot('a point that cannot be built is left out with its reason, and the others are measured', async (t) => {
  const text = changedScenario([
    [['parameters'], { table: 'filter' }],
    [['topology', 'namespaces', 'netns-2', 'nftables'], 'table ip ${table} {\n}\n'],
  ])
  const own = ownScenario(t, text)
  const { exitCode, stdout, stderr } = await bench(
    own.runArguments(...quick, '--sweep', 'table=good,ba-d!', '--json'),
  )
  t.is(exitCode, 0, stderr)
  const { points, complete } = JSON.parse(stdout) as {
    complete: boolean
    points: { state: string; reason?: string; estimates?: object[] }[]
  }
  t.true(complete)
  t.deepEqual(
    points.map(({ state }) => state),
    ['measured', 'skipped'],
  )
  t.true((points[0]?.estimates ?? []).length > 0)
  t.regex(points[1]?.reason ?? '', /ruleset|nft/)
})

asRoot('a point whose round fails spoils none of the others, which are in the same sandbox', async (t) => {
  const own = ownScenario(t, changedScenario())
  // So many files are too few for the sockets of 500 flows.
  const limited = { within: ['prlimit', '--nofile=600:600'] }
  const words = [...quick, '--sweep', 'flows=1,500', '--json']
  const { exitCode, stdout, stderr } = await bench(own.runArguments(...words), limited)
  t.is(exitCode, 4, stderr)
  const { points } = JSON.parse(stdout) as { points: { state: string; reason?: string }[] }
  t.deepEqual(
    points.map(({ state }) => state),
    ['measured', 'failed'],
  )
  t.regex(points[1]?.reason ?? '', /Too many open files/)
  t.true(stderr.indexOf('flows=500: failed') < stderr.indexOf('flows=1: measured'), 'the other came later')
  const [{ folder } = t.fail('there is one sweep')] = sweeps.list(own.resultsFolder)
  const { kept } = sweeps.read(own.resultsFolder, folder)
  const [record] = readPoints(folder, kept).values()
  t.deepEqual(
    record?.paths.map(({ name, status, reason }) => [name, status, reason]),
    [...['stack', 'redirect', 'control', 'floor'].map((name) => [name, 'measured', undefined])],
  )
})

asRoot('a sweep with invalid paths ends with 4, and a point without its baseline is none', async (t) => {
  const text = changedScenario([
    [['parameters'], { policy: 'accept', met: 'requests' }],
    [
      ['topology', 'namespaces', 'netns-2', 'nftables'],
      'table ip filter {\n chain forward { type filter hook forward priority 0; policy ${policy}; }\n}\n',
    ],
    [['paths', 'floor', 'proof', 0, 'equals'], '${met}'],
  ])
  const own = ownScenario(t, text)
  const statesOf = async (...sweep: readonly string[]) => {
    const { exitCode, stdout, stderr } = await bench(own.runArguments(...quick, ...sweep, '--json'))
    t.is(exitCode, 4, stderr)
    const { points } = JSON.parse(stdout) as { points: { state: string; reason?: string }[] }
    return points
  }
  const lying = await statesOf('--sweep', 'met=requests,1000000000')
  t.deepEqual(
    lying.map(({ state }) => state),
    ['measured', 'measured'],
  )
  const [good, without] = await statesOf('--sweep', 'policy=accept,drop')
  t.is(good?.state, 'measured')
  t.is(without?.state, 'failed')
  t.regex(without?.reason ?? '', /Could not compare anything: the baseline/)
})

asRoot('a sweep that ended early is gone on with as it was asked for, or refused', async (t) => {
  const own = ownScenario(t, changedScenario())
  const words = own.runArguments(...quick, '--sweep', 'payload=64,128')
  const killed = startBench([...words, '--set', 'rate=40000'])
  t.true(await comesTrue(() => sweeps.list(own.resultsFolder).length > 0, 90))
  killed.kill('SIGKILL')
  await killed
  for (const [other, reason] of [
    [['--set', 'rate=20000'], /started with other changes/],
    [['--sweep', 'rules=0,1'], /its values are payload=64,128/],
    [['--cpus', '0,0'], /measured with/],
  ] as const) {
    const refused = await bench([...own.runArguments(...quick), ...other, '--resume'])
    t.is(refused.exitCode, 2)
    t.regex(refused.stderr, reason)
  }
  for (const [given, option] of [
    [['--payload', '100'], '--payload'],
    [['--set', 'payload=100'], '--set payload'],
  ] as const) {
    const asked = await bench([...words, ...given])
    t.is(asked.exitCode, 2)
    t.true(
      asked.stderr.includes(`Could not sweep over payload: ${option} gives all points 100`),
      asked.stderr,
    )
  }
})

test('values that mean nothing end before anything is built', async (t) => {
  const { exitCode, stderr } = await bench(['run', 'redirect-vs-stack', '--sweep', 'flows=1,9999'])
  t.is(exitCode, process.getuid?.() === 0 ? 2 : 3)
  if (process.getuid?.() !== 0) return
  t.regex(stderr, /1 to 1024 flows/)
  const both = ['--sweep', 'payload=64,9000', '--sweep', 'flows=0,1']
  const all = await bench(['run', 'redirect-vs-stack', ...both])
  t.is(all.exitCode, 2)
  t.regex(all.stderr, /values of 3 points/)
  t.is(all.stderr.match(/found 0$/gm)?.length, 1)
  t.is(all.stderr.match(/found 9000$/gm)?.length, 3)
})
