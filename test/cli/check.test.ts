import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import type { RunRecord } from '../../src/record/record.ts'
import { writeRecord } from '../../src/keep/store.ts'
import { bench } from '../netns/bench-command.ts'
import { temporaryFolder } from '../netns/temporary-folder.ts'
import { sampleRecord } from '../report/sample-record.ts'

const record: RunRecord = { ...sampleRecord(), runId: '20261112T140312Z-0000002a' }

/** A folder with a run in results/ and gates for it, and `bench` called from there. */
function folderWith(t: ExecutionContext, gates: readonly string[]) {
  const folder = temporaryFolder(t)
  const keep = (run: RunRecord) => writeRecord(join(folder, 'results'), run)
  keep(record)
  writeFileSync(
    join(folder, 'bench.gates.yaml'),
    `redirect-vs-stack:\n${gates.map((gate) => `  - ${gate}\n`).join('')}`,
  )
  const call = (...words: readonly string[]) => bench([...words, '--results', 'results'], { cwd: folder })
  return { folder, keep, call }
}

const slower = (factor: number): RunRecord => ({
  ...record,
  runId: '20261113T140312Z-0000002b',
  comparisons: record.comparisons.map((one) => {
    if (one.path !== 'redirect' || one.metric !== 'throughputPps') return one
    const { estimate, low, high } = one.ratio
    const times = (value: number | null) => (value === null ? null : value * factor)
    return {
      ...one,
      ratio: { ...one.ratio, estimate: estimate * factor, low: times(low), high: times(high) },
    }
  }),
})

test('gates that are held end with 0, in a table with limit, figure and interval', async (t) => {
  const { call } = folderWith(t, ['valid', 'redirect.throughputPps.ratio >= 1.02'])
  const { exitCode, stdout, stderr } = await call('check', 'latest')
  t.is(exitCode, 0, stderr)
  t.regex(stdout, /^gate +limit +measured +95 % interval +outcome\n/)
  t.regex(stdout, /\nredirect\.throughputPps\.ratio >= 1\.02 +≥ 1\.02 +1\.060 +1\.057 to 1\.063 +held\n/)
  t.regex(stdout, /\n2 gates: 2 held\n$/)
})

test('an undecided gate ends with 0, and says what would decide', async (t) => {
  const { call } = folderWith(t, ['redirect.throughputPps.ratio >= 1.058'])
  const { exitCode, stdout } = await call('check', 'latest')
  t.is(exitCode, 0)
  t.regex(
    stdout,
    /\nundecided {2}redirect, throughput: .*a run 3 times as long would decide, if the estimate stays\n/,
  )
  t.regex(stdout, /\n1 gate: 1 undecided\n$/)
})

test('a breached gate ends with 5', async (t) => {
  const { call } = folderWith(t, ['valid', 'redirect.throughputPps.ratio >= 1.2'])
  const { exitCode, stdout } = await call('check', 'latest')
  t.is(exitCode, 5)
  t.regex(stdout, /\nbreached {2}redirect, throughput: the whole interval lies beyond ≥ 1\.2\n/)
  t.regex(stdout, /\n2 gates: 1 breached, 1 held\n$/)
})

test('a regression is found against a named baseline, and not on a slower machine alone', async (t) => {
  const { call, keep } = folderWith(t, ['regression <= 3%'])
  const saved = await call('baseline', 'save', 'main')
  t.is(saved.exitCode, 0, saved.stderr)
  keep(slower(0.9))
  const { exitCode, stdout } = await call('check', 'latest', '--baseline', 'main')
  t.is(exitCode, 5, stdout)
  t.regex(
    stdout,
    /\nregression <= 3% +5 of 6 held +breached\n {2}redirect\.throughputPps +≥ −3 % +−10\.0 % +/,
  )
  const slowMachine = {
    ...slower(1),
    runId: '20261114T140312Z-0000002c',
    estimates: record.estimates.map((one) => ({
      ...one,
      estimate: one.estimate * (one.unit === 'pps' ? 0.75 : 1.33),
    })),
  }
  keep(slowMachine)
  t.is((await call('check', 'latest', '--baseline', 'main')).exitCode, 0)
})

for (const gates of [['valid'], []])
  test(`a baseline is compared with where ${gates.length === 0 ? 'there are no gates' : 'no gate says regression'}`, async (t) => {
    const { folder, call, keep } = folderWith(t, gates)
    if (gates.length === 0) writeFileSync(join(folder, 'bench.gates.yaml'), 'other: [valid]\n')
    keep(slower(0.9))
    const { exitCode, stdout } = await call('check', 'latest', '--baseline', record.runId)
    t.is(exitCode, 5, stdout)
    t.regex(
      stdout,
      /\nregression <= 3% +5 of 6 held +breached\n {2}redirect\.throughputPps +≥ −3 % +−10\.0 % +/,
    )
    t.regex(stdout, /\nnote {2}no gate says how much worse .* it is held to "regression <= 3%"\n/)
    t.is((await call('check', record.runId, '--baseline', record.runId)).exitCode, 0)
  })

test('a gate that says another limit stands in for what is asked by default', async (t) => {
  const { call, keep } = folderWith(t, ['regression <= 15%'])
  keep(slower(0.9))
  const { exitCode, stdout } = await call('check', 'latest', '--baseline', record.runId)
  t.is(exitCode, 0, stdout)
  t.notRegex(stdout, /3%/)
})

test('regression without a baseline, a gate that is wrong and no gates at all end with 2', async (t) => {
  const lacking = await folderWith(t, ['regression <= 3%']).call('check', 'latest')
  t.is(lacking.exitCode, 2)
  t.regex(lacking.stderr, /Could not judge "regression <= 3%" \(bench\.gates\.yaml:2\)[^]*--baseline/)
  const wrong = await folderWith(t, ['redirect.troughputPps.ratio >= 1']).call('check', 'latest')
  t.is(wrong.exitCode, 2)
  t.regex(wrong.stderr, /bench\.gates\.yaml:2:14 .*did you mean "throughputPps"\?/)
  const { folder, call } = folderWith(t, [])
  writeFileSync(join(folder, 'bench.gates.yaml'), 'other: [valid]\n')
  const none = await call('check', 'latest')
  t.is(none.exitCode, 2)
  t.regex(none.stderr, /there are no gates for redirect-vs-stack\nHint: /)
})

test('absolute figures are refused where the environments differ', async (t) => {
  const { call, keep } = folderWith(t, ['regression <= 3%'])
  keep({ ...slower(1), environment: { ...record.environment, kernel: '6.1.0' } })
  const words = ['check', 'latest', '--baseline', record.runId]
  t.is((await call(...words)).exitCode, 0)
  const { exitCode, stderr } = await call(...words, '--absolute')
  t.is(exitCode, 2)
  t.regex(stderr, /their environments differ\n {2}kernel: 6\.18\.5, then 6\.1\.0\n/)
})

test('with --json, stdout is one document with every figure', async (t) => {
  const { call } = folderWith(t, ['valid', 'redirect.throughputPps.ratio >= 1.2'])
  const { exitCode, stdout } = await call('check', 'latest', '--json')
  t.is(exitCode, 5)
  const { outcome, gates, run } = JSON.parse(stdout) as {
    outcome: string
    run: string
    gates: { gate: string; outcome: string; source: object; first: { figures: { estimate: number }[] } }[]
  }
  t.deepEqual([outcome, run], ['breached', record.runId])
  t.deepEqual(
    gates.map((gate) => [gate.gate, gate.outcome, gate.source]),
    [
      ['valid', 'held', { file: 'bench.gates.yaml', line: 2, column: 5 }],
      ['redirect.throughputPps.ratio >= 1.2', 'breached', { file: 'bench.gates.yaml', line: 3, column: 5 }],
    ],
  )
  t.true(Math.abs(gates[1]!.first.figures[0]!.estimate - 1.0604) < 1e-3)
})

test('a run file that is cut off ends with 2 and names the file', async (t) => {
  const { folder, call } = folderWith(t, ['valid'])
  mkdirSync(join(folder, 'cut'))
  writeFileSync(join(folder, 'cut', 'run.json'), JSON.stringify(record).slice(0, 1000))
  for (const words of [
    ['check', './cut'],
    ['check', 'latest', '--baseline', './cut/run.json'],
    ['compare', 'latest', './cut/run.json', '--no-report'],
  ]) {
    const { exitCode, stderr } = await call(...words)
    t.is(exitCode, 2)
    t.regex(stderr, /Could not read run \.?\/?cut\/run\.json: it is truncated, or not JSON/)
  }
})
