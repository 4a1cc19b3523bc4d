import { mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import type { RunRecord } from '../../src/record/record.ts'
import { strippedRecord, slowerRecord } from '../export/export-records.ts'
import { readOpenMetrics } from '../export/read-openmetrics.ts'
import { bench } from '../netns/bench-command.ts'
import { temporaryFolder } from '../netns/temporary-folder.ts'
import { invalidRecord } from '../report/record-variants.ts'
import { sampleRecord } from '../report/sample-record.ts'

/** A folder with a run in it. */
const runFolder = (t: ExecutionContext, record: RunRecord = sampleRecord()) => {
  const folder = temporaryFolder(t)
  const file = join(folder, 'run.json')
  writeFileSync(file, JSON.stringify(record))
  const inFolder = (words: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
    bench(['export', file, ...words], { cwd: folder, environment })
  return { folder, file, inFolder }
}

test('a run goes to stdout, and only that', async (t) => {
  const { inFolder } = runFolder(t)
  const { exitCode, stdout, stderr } = await inFolder(['--format', 'openmetrics'])
  t.is(exitCode, 0)
  t.is(stderr, '')
  t.is(readOpenMetrics(stdout)[0]?.name, 'pathbench_run_info')
})

test('or to a file, in a folder that need not be there', async (t) => {
  const { folder, inFolder } = runFolder(t)
  const { exitCode, stdout } = await inFolder(['--format', 'junit', '-o', 'build/bench.xml'])
  t.is(exitCode, 0)
  t.is(stdout, '')
  t.regex(readFileSync(join(folder, 'build', 'bench.xml'), 'utf8'), /^<\?xml[^]*<\/testsuites>\n$/)
})

test("a job's summary is added to", async (t) => {
  const { folder, inFolder } = runFolder(t)
  const summary = join(folder, 'summary.md')
  writeFileSync(summary, 'before\n')
  const environment = { GITHUB_STEP_SUMMARY: summary }
  const { exitCode, stdout } = await inFolder(['--format', 'markdown', '--summary'], environment)
  t.is(exitCode, 0)
  t.is(stdout, '')
  t.regex(readFileSync(summary, 'utf8'), /^before\n### TC ingress redirect/)

  // The variable alone changes nothing: a comment's text would stand in the summary unasked.
  const printed = await inFolder(['--format', 'markdown'], environment)
  t.regex(printed.stdout, /^### TC ingress redirect/)
  t.is(readFileSync(summary, 'utf8').split('### ').length, 2)
})

test('a summary where there is none to add to is told', async (t) => {
  const { inFolder } = runFolder(t)
  const { exitCode, stderr } = await inFolder(['--format', 'markdown', '--summary'])
  t.is(exitCode, 2)
  t.regex(stderr, /^Could not append to the summary: GITHUB_STEP_SUMMARY is not set\nHint: /)
})

test('an option that the format has no use for is refused, with the formats that have', async (t) => {
  const { inFolder } = runFolder(t)
  const { exitCode, stdout, stderr } = await inFolder(['--format', 'junit', '--samples'])
  t.is(exitCode, 2)
  t.is(stdout, '')
  t.is(stderr, 'Could not use --samples with --format junit\nHint: these formats take it: csv\n')
})

test('a format that there is not is told with those there are', async (t) => {
  const { inFolder } = runFolder(t)
  const { exitCode, stderr } = await inFolder(['--format', 'tap'])
  t.is(exitCode, 2)
  t.regex(stderr, /'tap' is invalid\. Allowed choices are markdown, junit, github-annotations/)
})

test('a slower candidate is annotated, and the exit code is that of the export', async (t) => {
  const { inFolder } = runFolder(t, slowerRecord())
  const { exitCode, stdout } = await inFolder(['--format', 'github-annotations'])
  t.is(exitCode, 0)
  t.regex(stdout, /^::error title=redirect-vs-stack%3A redirect is slower::redirect delivers 5\.0 %25 fewer/)
})

test('annotations name files from the top of the repository, wherever bench is called', async (t) => {
  const { folder, inFolder } = runFolder(t, slowerRecord())
  mkdirSync(join(folder, 'ci'))
  const found = await inFolder(
    ['--format', 'github-annotations', '--scenario-file', '../repository/ci/mine.yaml'],
    { GITHUB_WORKSPACE: join(folder, '..', 'repository') },
  )
  t.regex(found.stdout, /^::error file=ci\/mine\.yaml,/)
})

test('gates in a file are judged, and a misspelt one is an error', async (t) => {
  const { folder, inFolder } = runFolder(t)
  const gates = join(folder, 'bench.gates.yaml')
  writeFileSync(gates, 'redirect-vs-stack:\n  - redirect.throughputPps.ratio >= 1.2\n')
  const { stdout } = await inFolder(['--format', 'junit'])
  t.regex(stdout, /failures="1"[^]*classname="redirect-vs-stack\.gates"/)
  const annotated = await inFolder(['--format', 'github-annotations'])
  t.regex(annotated.stdout, /^::error file=bench\.gates\.yaml,line=2,/)

  writeFileSync(gates, 'redirect-vs-stack: [redirect.throughputPs.ratio >= 1]\n')
  const { exitCode, stderr } = await inFolder(['--format', 'junit'])
  t.is(exitCode, 2)
  t.regex(stderr, /did you mean "throughputPps"/)
})

test('what has no figures is told on stderr, and fails where the reader would see numbers alone', async (t) => {
  const { inFolder } = runFolder(t, { ...invalidRecord(), complete: false })
  for (const format of [
    'bencher',
    'go',
    'github-action-benchmark-bigger',
    'github-action-benchmark-smaller',
  ]) {
    const { exitCode, stdout, stderr } = await inFolder(['--format', format])
    t.is(exitCode, 4, format)
    t.true(stdout.includes('valid'), format)
    t.is(
      stderr,
      'the run is partial: it was interrupted or failed\nredirect has no figures: it is invalid and gets no verdict: netns-2 forwarded 1.000 packets per delivered packet, and 0 were expected\n',
    )
  }
  for (const format of ['junit', 'markdown', 'openmetrics', 'github-annotations'])
    t.is((await inFolder(['--format', format])).exitCode, 0, format)
})

test('a run that has nothing for a format fails, and leaves the file as it was', async (t) => {
  const { folder, inFolder } = runFolder(t, strippedRecord())
  writeFileSync(join(folder, 'old.txt'), 'before\n')
  const { exitCode, stderr } = await inFolder(['--format', 'go', '-o', 'old.txt'])
  t.is(exitCode, 4)
  t.regex(stderr, /^Could not export run 2026-11-12T140312Z-5f3a as go: it has nothing for this format\n/)
  t.is(readFileSync(join(folder, 'old.txt'), 'utf8'), 'before\n')
})

test('a run file that is cut off, of a later version or with no number for one is told', async (t) => {
  const { file, inFolder } = runFolder(t)
  const cases = [
    [
      'it is truncated, or not JSON',
      () => {
        truncateSync(file, 5000)
      },
    ],
    [
      'it is of version 99',
      () => {
        writeFileSync(file, JSON.stringify({ ...sampleRecord(), schemaVersion: 99 }))
      },
    ],
    [
      'it is not a record of a run',
      () => {
        const [first, ...others] = sampleRecord().estimates
        writeFileSync(
          file,
          JSON.stringify({ ...sampleRecord(), estimates: [{ ...first, estimate: NaN }, ...others] }),
        )
      },
    ],
  ] as const
  for (const [message, damage] of cases) {
    damage()
    const { exitCode, stdout, stderr } = await inFolder(['--format', 'csv'])
    t.is(exitCode, 2)
    t.is(stdout, '')
    t.true(stderr.startsWith(`Could not read run ${file}: ${message}`), stderr)
  }
})
