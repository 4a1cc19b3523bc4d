import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { execa } from 'execa'
import { listRuns, readRun } from '../../src/keep/store.ts'
import { asRoot } from '../netns/as-root.ts'
import { bench, benchCommand } from '../netns/bench-command.ts'
import { changedScenario, ownScenario } from '../netns/own-scenario.ts'

asRoot('a run is kept until it is cleaned away: listed, reported again, removed', async (t) => {
  const own = ownScenario(t, changedScenario())
  const results = ['--results', own.resultsFolder]
  const reports = ['--reports', own.reportsFolder]
  for (const seed of ['1', '2']) {
    const { exitCode, stderr } = await bench(
      own.runArguments('--rounds', '1', '--blocks', '1', '--seed', seed, '--no-report'),
      { cwd: own.folder },
    )
    t.is(exitCode, 0, stderr)
  }
  const [older, newer] = listRuns(own.resultsFolder)
  t.is(readRun(own.resultsFolder, newer!.runId).seed, 2)

  const listed = await bench(['list', ...results])
  t.regex(
    listed.stdout,
    new RegExp(
      String.raw`${newer!.runId} +redirect-vs-stack +4 +UDP 64 B +\d+ m?s +\S.* redirect undecided\n.*${older!.runId}`,
    ),
  )

  const latest = await bench(['report', 'latest', ...results, ...reports])
  const file = join(own.reportsFolder, 'redirect-vs-stack', `${newer!.runId}.html`)
  t.is(latest.stdout, `${file}\n`, latest.stderr)
  t.regex(readFileSync(file, 'utf8'), /^<!doctype html>/i)
  const byFolder = await bench(['report', older!.folder, ...reports])
  t.is(byFolder.exitCode, 0, byFolder.stderr)

  const wouldRemove = await bench(['clean', '--keep', '1', '--dry-run', ...results, ...reports])
  t.is(wouldRemove.stdout, `would remove ${older!.folder}\n`)
  t.is(listRuns(own.resultsFolder).length, 2)

  const removed = await bench(['clean', '--keep', '1', ...results, ...reports])
  t.is(removed.stdout, `removed ${older!.folder}\n`)
  t.deepEqual(listRuns(own.resultsFolder), [newer])
  t.false(existsSync(join(own.reportsFolder, 'redirect-vs-stack', `${older!.runId}.html`)))
  t.true(existsSync(file))
})

asRoot('the launcher passes arguments, output and exit code on', async (t) => {
  const { exitCode, stdout, stderr } = await bench(
    ['exec', 'redirect-vs-stack', '--', 'sh', '-c', 'echo "$1"; exit 9', 'sh', 'two words'],
    { isByLauncher: true, cwd: '/' },
  )
  t.is(exitCode, 9, stderr)
  t.is(stdout, 'two words\n')
})

test('a reader who has had enough is no error', async (t) => {
  const words = benchCommand(['schema', 'run'])
    .map((word) => `'${word}'`)
    .join(' ')
  const { exitCode, stdout, stderr } = await execa('bash', [
    '--norc',
    '-c',
    `set -o pipefail; ${words} | head -n 1`,
  ])
  t.is(exitCode, 0)
  t.is(stdout, '{')
  t.is(stderr, '')
})
