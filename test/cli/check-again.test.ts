import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RunRecord } from '../../src/record/record.ts'
import { listRuns } from '../../src/keep/store.ts'
import { asRoot } from '../netns/as-root.ts'
import { bench } from '../netns/bench-command.ts'
import { changedScenario, ownScenario } from '../netns/own-scenario.ts'

asRoot('a breach is measured again before it fails, and a fresh run may clear it', async (t) => {
  const own = ownScenario(t, changedScenario([[['gates'], ['redirect.rttNs.p50 <= 1s', 'valid']]]))
  const ran = await bench(own.runArguments('--rounds', '2', '--blocks', '3', '--no-report', '--quiet'), {
    cwd: own.folder,
  })
  t.is(ran.exitCode, 0, ran.stderr)
  const [run] = listRuns(own.resultsFolder)
  const file = join(run!.folder, 'run.json')
  const measured = JSON.parse(readFileSync(file, 'utf8')) as RunRecord
  // A first run in which the round trip took a minute.
  const minute = { estimate: 60e9, low: 59e9, high: 61e9 }
  const estimates = measured.estimates.map((one) =>
    one.metric === 'rttNs.p50' ? { ...one, ...minute } : one,
  )
  writeFileSync(file, JSON.stringify({ ...measured, estimates }))

  const words = ['check', 'latest', '--results', own.resultsFolder]
  t.is((await bench(words, { cwd: own.folder })).exitCode, 5)
  const { exitCode, stdout, stderr } = await bench([...words, '--confirm'], { cwd: own.folder })
  t.is(exitCode, 0, stderr)
  t.regex(stdout, /\nredirect\.rttNs\.p50 <= 1s +breached +held +held\n/)
  t.regex(stdout, /\n2 gates: 2 held\n$/)
  t.is(listRuns(own.resultsFolder).length, 2)
})

asRoot('a scenario that has changed since is not measured again', async (t) => {
  const own = ownScenario(t, changedScenario([[['gates'], ['redirect.rttNs.p50 <= 1ns']]]))
  const ran = await bench(own.runArguments('--rounds', '2', '--blocks', '3', '--no-report', '--quiet'))
  t.is(ran.exitCode, 0, ran.stderr)
  writeFileSync(own.file, `${readFileSync(own.file, 'utf8')}\n# changed\n`)
  const { exitCode, stderr } = await bench(['check', 'latest', '--confirm', '--results', own.resultsFolder])
  t.is(exitCode, 2)
  t.regex(stderr, /Could not measure run \S+ again: \S+own\.yaml has changed since\nHint: /)
})
