/** What a job says at its end, and how it ends. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { execa } from 'execa'
import { inProject } from '../../src/host/project.ts'
import { temporaryFolder } from '../netns/temporary-folder.ts'

interface Found {
  readonly exitCode: string
  readonly log?: string
  readonly changes?: string
  readonly historyOutcome?: string
  readonly failOnRegression?: string
}

async function conclusion(t: ExecutionContext, found: Found) {
  const folder = temporaryFolder(t)
  const file = (name: string) => join(folder, name)
  writeFileSync(file('log'), found.log ?? '')
  if (found.changes !== undefined) writeFileSync(file('changes'), found.changes)
  for (const name of ['output', 'summary']) writeFileSync(file(name), '')
  const { exitCode, stdout } = await execa('sh', [inProject('src', 'ci', 'action', 'conclude.sh')], {
    extendEnv: false,
    reject: false,
    env: {
      PATH: process.env.PATH ?? '',
      SCENARIO: 'perf/path.yaml',
      FOLDER: folder,
      EXIT_CODE: found.exitCode,
      HISTORY_OUTCOME: found.historyOutcome ?? 'skipped',
      FAIL_ON_REGRESSION: found.failOnRegression ?? 'true',
      GITHUB_OUTPUT: file('output'),
      GITHUB_STEP_SUMMARY: file('summary'),
    },
  })
  return {
    exitCode,
    log: stdout,
    output: readFileSync(file('output'), 'utf8'),
    summary: readFileSync(file('summary'), 'utf8'),
  }
}

test('what passed says nothing', async (t) => {
  t.deepEqual(await conclusion(t, { exitCode: '0', changes: '' }), {
    exitCode: 0,
    log: '',
    output: 'verdict=passed\nexit-code=0\n',
    summary: '',
  })
})

test('a regression fails with what was found', async (t) => {
  const log =
    'round 1/6\nthroughput  1 Mpps  −92 %  regression, confirmed by a second run: −94 %\nmedian  1 µs  +1 %  no regression: a second run does not agree\nbreached  x\nnot breached: y\n'
  const { exitCode, log: said, output } = await conclusion(t, { exitCode: '5', log })
  t.is(exitCode, 1)
  t.is(output, 'verdict=regression\nexit-code=5\n')
  t.is(
    said,
    "::error title=pathbench%3A regression::perf/path.yaml%0Athroughput  1 Mpps  −92 %25  regression, confirmed by a second run: −94 %25%0Abreached  x%0AThe job's summary has the figures, the artifact the report.",
  )
})

test('a regression only warns where the workflow says so', async (t) => {
  const { exitCode, log, output } = await conclusion(t, { exitCode: '5', failOnRegression: 'false' })
  t.is(exitCode, 0)
  t.regex(log, /^::warning title=pathbench%3A regression::/)
  t.is(output, 'verdict=regression\nexit-code=5\n')
})

test('a lasting change that the history shows is a regression', async (t) => {
  const { exitCode, log, output } = await conclusion(t, { exitCode: '0', changes: 'a: +3 %\n' })
  t.is(exitCode, 1)
  t.is(output, 'verdict=regression\nexit-code=5\n')
  t.regex(log, /^::error title=pathbench%3A regression::perf\/path\.yaml%0Aa: \+3 %25%0A/)
})

const failures: [code: string, verdict: string, output: string, title: string][] = [
  ['4', 'failed', '4', 'the run failed'],
  ['3', 'unable', '3', 'this runner cannot run it'],
  ['2', 'misused', '2', 'wrong usage or scenario'],
  ['130', 'interrupted', '130', 'interrupted'],
  ['143', 'interrupted', '130', 'interrupted'],
  ['1', 'broken', '1', 'it did not work'],
  ['127', 'broken', '1', 'it did not work'],
  ['', 'broken', '1', 'it did not work'],
]

for (const [code, verdict, exitCode, title] of failures)
  test(`exit code ${code || '(none)'} is told apart: ${verdict}`, async (t) => {
    const ended = await conclusion(t, { exitCode: code, failOnRegression: 'false' })
    t.is(ended.exitCode, 1)
    t.is(ended.output, `verdict=${verdict}\nexit-code=${exitCode}\n`)
    t.true(ended.log.startsWith(`::error title=pathbench%3A ${title}::`), ended.log)
    t.regex(ended.summary, new RegExp(String.raw`^\n\*\*pathbench: ${title}\*\*\n\n    \w`))
  })

test('an error is told in the words of bench, the last of them', async (t) => {
  const log =
    'Could not find "a"\n  more\nround 1\nCould not read scenario x: 100% wrong\n  line 3\nHint: mend it\n'
  const { log: said } = await conclusion(t, { exitCode: '2', log })
  t.is(
    said,
    '::error title=pathbench%3A wrong usage or scenario::Could not read scenario x: 100%25 wrong%0A  line 3%0AHint: mend it',
  )
})

test('a history that could not be kept fails a run that passed', async (t) => {
  const { exitCode, output } = await conclusion(t, { exitCode: '0', historyOutcome: 'failure' })
  t.is(exitCode, 1)
  t.is(output, 'verdict=broken\nexit-code=1\n')
})
