import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { writeRecord } from '../../src/keep/store.ts'
import { bench } from '../netns/bench-command.ts'
import { temporaryFolder } from '../netns/temporary-folder.ts'
import { invalidRecord } from '../report/record-variants.ts'
import { sampleRecord } from '../report/sample-record.ts'

const record = { ...sampleRecord(), runId: '20261112T140312Z-0000002a' }
const later = {
  ...record,
  runId: '20261113T140312Z-0000002b',
  environment: { ...record.environment, kernel: '6.19.1' },
}

function folderWith(t: ExecutionContext, ...runs: readonly (typeof record)[]) {
  const folder = temporaryFolder(t)
  for (const run of runs) writeRecord(join(folder, 'results'), run)
  const places = ['--results', 'results', '--reports', 'reports']
  const call = (...words: readonly string[]) => bench(['compare', ...words, ...places], { cwd: folder })
  return { folder, call }
}

test('two runs are set beside each other, with what differs, and a report is written', async (t) => {
  const { folder, call } = folderWith(t, record, later)
  const { exitCode, stdout, stderr } = await call('20261112T', 'latest')
  t.is(exitCode, 0, stderr)
  t.regex(stdout, /^Path +Metric +20261112T +latest +Change\nredirect +throughput +\+6\.0 %/)
  t.regex(stdout, /0\.0 % \(−0\.7 to \+0\.7 %\) same within ±2 %\n/)
  t.regex(
    stdout,
    /\nNothing changed from 20261112T to latest\n {2}different from 20261112T, and so a possible cause:\n {4}kernel: 6\.18\.5, then 6\.19\.1\n/,
  )
  const file = `compare-${record.runId}-${later.runId}.html`
  t.regex(stderr, new RegExp(`\nreport {2}reports/redirect-vs-stack/${file}\n`))
  t.deepEqual(readdirSync(join(folder, 'reports', 'redirect-vs-stack')), [file])
})

test('the report goes where --html says, or nowhere', async (t) => {
  const { folder, call } = folderWith(t, record, later)
  t.is((await call('20261112T', 'latest', '--html', 'what.html')).exitCode, 0)
  t.regex(readFileSync(join(folder, 'what.html'), 'utf8'), /^<!doctype html>/)
  t.is((await call('20261112T', 'latest', '--no-report')).exitCode, 0)
  t.false(existsSync(join(folder, 'reports')))
})

test('with --json, stdout is one document with every figure and difference', async (t) => {
  const { call } = folderWith(t, record, later)
  const { stdout } = await call('20261112T', 'latest', '--json', '--no-report', '--margin', '1%')
  const { figures, differences, margin } = JSON.parse(stdout) as {
    margin: number
    figures: { path: string; metric: string; changes: { state: string }[] }[]
    differences: { name: string; lines: string[] }[]
  }
  t.is(margin, 0.01)
  t.is(figures.length, record.comparisons.length)
  t.is(figures[0]!.changes[0]!.state, 'same')
  t.is(differences[0]?.name, 'latest')
  t.is(differences[0]?.lines[0], 'kernel: 6.18.5, then 6.19.1')
})

test('a path that is invalid now is told as a change, with the reason', async (t) => {
  const { call } = folderWith(t, record, { ...invalidRecord(), runId: later.runId })
  const { exitCode, stdout } = await call('20261112T', 'latest', '--no-report')
  t.is(exitCode, 0)
  t.regex(stdout, /\nredirect +throughput +\+6\.0 % .* none +changed, missing\n/)
  t.regex(stdout, /\n6 of 6 figures changed from 20261112T to latest, 6 of them missing now\n/)
  t.regex(
    stdout,
    /\n {2}missing now: redirect: was measured in run \S+; now redirect is invalid in run \S+: netns-2 forwarded/,
  )
})

test('one run, and runs of two scenarios, end with 2', async (t) => {
  const { call } = folderWith(t, record, { ...later, scenario: 'dsr-vs-nat' })
  const one = await call('latest')
  t.is(one.exitCode, 2)
  t.regex(one.stderr, /^Could not compare one run: there is nothing to compare it with\n/)
  const two = await call('20261112T', '20261113T')
  t.is(two.exitCode, 2)
  t.regex(two.stderr, /one is of redirect-vs-stack, the other of dsr-vs-nat\n/)
})
