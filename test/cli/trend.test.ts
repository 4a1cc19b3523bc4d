import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { writeRecord } from '../../src/keep/store.ts'
import { appendHistory, readHistory } from '../../src/trend/history-file.ts'
import { bench } from '../netns/bench-command.ts'
import { sampleRecord } from '../report/sample-record.ts'
import { entryFor, steppedHistory, temporaryFolder } from '../trend/made-up-history.ts'

const record = { ...sampleRecord(), trials: [], blocks: [], runId: '20261112T140312Z-0000002a' }

/** A file with the made-up history that has a step. */
const historyFor = (t: ExecutionContext): string => {
  const file = join(temporaryFolder(t), 'nightly.jsonl')
  appendHistory(file, steppedHistory())
  return file
}

test('the terminal shows levels, changes, outliers and what else changed', async (t) => {
  const { exitCode, stdout, stderr } = await bench(['trend', historyFor(t)])
  t.is(exitCode, 0, stderr)
  t.is(stderr, '')
  t.regex(stdout, /^redirect-vs-stack {2}120 runs, 2026-01-01 02:00 to 2026-04-30 02:00 UTC\n/)
  t.regex(stdout, /\nredirect {2}throughput {9}\+5\.\d+ % \(.* the first run +119\n/)
  t.regex(stdout, /\nredirect {2}median round trip {2}−1\.\d % \(.* 2026-04-11 02:00 +20\n/)
  t.regex(
    stdout,
    /\n20260411T020000Z-00000064 {2}redirect {2}median round trip {2}−5\.\d % → −1\.\d % {2}\+4\.\d %, worse {2}0\.000\d {2}[345] runs +agrees +kernel 6\.18\.1 → 6\.19\.0; mitigations changed\n/,
  )
  t.regex(stdout, /\n20260220T020000Z-00000032 {2}redirect {2}throughput {2}\+2\d\.\d % from its level\n/)
  t.regex(stdout, /\n20260411T020000Z-00000064 {2}kernel 6\.18\.1 → 6\.19\.0; mitigations changed\n$/)
})

test('--json has the same for programs, on stdout alone', async (t) => {
  const { stdout } = await bench(['trend', historyFor(t), '--json', '--metric', 'rttNs.p50'])
  const { scenarios, problems } = JSON.parse(stdout) as {
    scenarios: {
      scenario: string
      runs: unknown[]
      series: { metric: string; changes: { run: number; direction: string }[] }[]
    }[]
    problems: unknown[]
  }
  t.deepEqual(problems, [])
  t.is(scenarios[0]?.scenario, 'redirect-vs-stack')
  t.is(scenarios[0]?.runs.length, 120)
  t.deepEqual(
    scenarios[0]?.series.map(({ metric, changes }) => [
      metric,
      changes.map(({ run, direction }) => [run, direction]),
    ]),
    [['rttNs.p50', [[100, 'worse']]]],
  )
})

test('runs in the folder of results are added to its history once', async (t) => {
  const results = temporaryFolder(t)
  writeRecord(results, record)
  const file = join(results, 'history.jsonl')
  const first = await bench(['trend', results])
  t.is(first.exitCode, 0, first.stderr)
  t.is(first.stderr, `added 1 run to ${file}\n`)
  t.regex(first.stdout, /Too few runs to see a change: 1, and it takes 16 at least\./)
  const before = readFileSync(file, 'utf8')
  const second = await bench(['trend', results])
  t.is(second.stderr, '')
  t.is(second.stdout, first.stdout)
  t.is(readFileSync(file, 'utf8'), before)
})

test('--append adds a run from anywhere to a history from anywhere', async (t) => {
  const folder = temporaryFolder(t)
  const file = join(folder, 'nightly.jsonl')
  const run = join(folder, 'run.json')
  writeFileSync(run, JSON.stringify(record))
  const { exitCode, stderr } = await bench(['trend', file, '--append', run])
  t.is(exitCode, 0, stderr)
  t.deepEqual(
    readHistory(file).entries.map(({ runId }) => runId),
    [record.runId],
  )
})

test('processes that append at once lose nothing of each other', async (t) => {
  const folder = temporaryFolder(t)
  const file = join(folder, 'nightly.jsonl')
  const ids = [1, 2, 3, 4].map((number) => `20261112T140312Z-0000000${number}`)
  const ended = await Promise.all(
    ids.map((runId) => {
      const run = join(folder, `${runId}.json`)
      writeFileSync(run, JSON.stringify({ ...record, runId }))
      return bench(['trend', file, '--append', run])
    }),
  )
  t.deepEqual(
    ended.map(({ exitCode }) => exitCode),
    [0, 0, 0, 0],
  )
  const { entries, problems } = readHistory(file)
  t.deepEqual(entries.map(({ runId }) => runId).toSorted(), ids)
  t.deepEqual(problems, [])
})

test('--append refuses a run that is not complete', async (t) => {
  const folder = temporaryFolder(t)
  const run = join(folder, 'run.json')
  writeFileSync(run, JSON.stringify({ ...record, complete: false }))
  const { exitCode, stderr } = await bench(['trend', join(folder, 'nightly.jsonl'), '--append', run])
  t.is(exitCode, 2)
  t.regex(stderr, /^Could not append run 20261112T140312Z-0000002a: it is not complete\nHint: /)
  t.false(existsSync(join(folder, 'nightly.jsonl')))
})

test('a run that is cut off is told with its file, and the history stays as it is', async (t) => {
  const file = historyFor(t)
  const { size } = statSync(file)
  const run = `${file}.run.json`
  writeFileSync(run, JSON.stringify(record).slice(0, 500))
  const { exitCode, stderr } = await bench(['trend', file, '--append', run])
  t.is(exitCode, 2)
  t.true(stderr.startsWith(`Could not read run ${run}: it is truncated, or not JSON\n`), stderr)
  t.is(statSync(file).size, size)
})

test('lines that cannot be used are told with their numbers, and the others are used', async (t) => {
  const file = historyFor(t)
  const wrong = JSON.stringify({ schemaVersion: 1, ...entryFor(120, () => NaN) })
  writeFileSync(file, `${readFileSync(file, 'utf8')}${wrong}\n{"schemaVersion":1,"runId":"2026`)
  const { exitCode, stdout, stderr } = await bench(['trend', file])
  t.is(exitCode, 0)
  t.is(
    stderr,
    `warning  ${file}:121: redirect throughputPps: expected [ratio, low, high], numbers above 0, and found [null,null,null]; it is left out
warning  ${file}:121: redirect rttNs.p50: expected [ratio, low, high], numbers above 0, and found [null,null,null]; it is left out
warning  ${file}:122: it is cut off, and is left out
`,
  )
  t.regex(stdout, /^redirect-vs-stack {2}121 runs/)
  t.regex(stdout, /\+4\.\d %, worse/)
})

test('many wrong lines are told in few', async (t) => {
  const file = historyFor(t)
  writeFileSync(file, `${readFileSync(file, 'utf8')}${'half a line\n'.repeat(50)}`)
  const { stderr } = await bench(['trend', file])
  t.is(stderr.split('\n').length, 12)
  t.regex(stderr, /\nwarning {2}and 40 more\n$/)
})

test('no runs at all is an error that says so', async (t) => {
  const results = temporaryFolder(t)
  const { exitCode, stdout, stderr } = await bench(['trend', results])
  t.is(exitCode, 2)
  t.is(stdout, '')
  t.is(
    stderr,
    `Could not show a trend: there are no runs in ${results}\nHint: start with: sudo ./bench run redirect-vs-stack\n`,
  )
})

const misspelt = test.macro({
  exec: async (t, option: string, word: string, message: RegExp) => {
    const { exitCode, stderr } = await bench(['trend', historyFor(t), option, word])
    t.is(exitCode, 2)
    t.regex(stderr, message)
  },
  title: (_, option: string, word: string) => `${option} ${word} is told with the nearest`,
})

test(
  misspelt,
  '--metric',
  'troughputPps',
  /metric "troughputPps" in the history; did you mean "throughputPps"\?\nHint: there is throughputPps, rttNs\.p50\n$/,
)
test(misspelt, '--path', 'redirekt', /path "redirekt" in the history; did you mean "redirect"\?/)
test(misspelt, '--scenario', 'redirect-vs-stak', /did you mean "redirect-vs-stack"\?/)

test('--path shows a path that is no candidate', async (t) => {
  const { stdout } = await bench(['trend', historyFor(t), '--path', 'control'])
  t.regex(stdout, /\ncontrol {2}throughput /)
  t.notRegex(stdout, /\nredirect {2}/)
})

test('one scenario is shown, and which others there are; all where that is asked for, but on no page', async (t) => {
  const file = historyFor(t)
  appendHistory(file, [entryFor(0, () => 1.1, { scenario: 'dsr-vs-nat' })])
  const one = await bench(['trend', file])
  t.is(one.exitCode, 0, one.stderr)
  t.is(one.stderr, '\nbesides  dsr-vs-nat (1 run): --scenario NAME, or --all\n')
  t.regex(one.stdout, /^redirect-vs-stack {2}120 runs,/)
  t.notRegex(one.stdout, /dsr-vs-nat/)
  const all = await bench(['trend', file, '--all'])
  t.is(all.stderr, '')
  t.regex(all.stdout, /^dsr-vs-nat {2}1 run,[^]*\n\n\nredirect-vs-stack {2}120 runs,/)
  const page = await bench(['trend', file, '--all', '--html', `${file}.html`])
  t.is(page.exitCode, 2)
  t.regex(page.stderr, /there are 2 scenarios, and a page is for one\nHint: name one with --scenario\n$/)
})

test('--html writes charts, by default beside the reports of the scenario', async (t) => {
  const file = historyFor(t)
  const reports = temporaryFolder(t)
  const page = join(reports, 'redirect-vs-stack', 'trend.html')
  const { exitCode, stderr } = await bench(['trend', file, '--html', '--reports', reports])
  t.is(exitCode, 0, stderr)
  t.is(stderr, `\nreport  ${page}\n`)
  t.regex(readFileSync(page, 'utf8'), /^<!doctype html>[^]*<h1>One change of level/)
})

test('hosts whose names differ only in odd characters have pages of their own', async (t) => {
  const folder = temporaryFolder(t)
  const file = join(folder, 'hosts.jsonl')
  appendHistory(
    file,
    steppedHistory().map((entry, index) => ({ ...entry, host: index % 2 === 0 ? '../web' : '..:web' })),
  )
  const { exitCode, stderr } = await bench(['trend', file, '--all', '--html', '--reports', folder])
  t.is(exitCode, 0, stderr)
  const pages = [...stderr.matchAll(/^report {2}(.*)$/gm)].map(([, page]) => page!)
  t.is(new Set(pages).size, 2, stderr)
  t.true(
    pages.every((page) => page.includes('/trend-.._web-') && existsSync(page)),
    pages.join(' '),
  )
})
