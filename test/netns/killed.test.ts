import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { ExecutionContext } from 'ava'
import { readRun } from '../../src/keep/store.ts'
import { randomSource } from '../../src/stats/random.ts'
import { asRoot } from './as-root.ts'
import { bench, startBench } from './bench-command.ts'
import { leftAfterAWhile, markedProcesses } from './leftovers.ts'
import { type MarkedScenario, markedScenario } from './marked-scenario.ts'

const kills = 8
const rounds = 2
const seed = 20_261

const runArguments = (own: MarkedScenario): string[] =>
  own.runArguments('--rounds', String(rounds), '--blocks', '1', '--seed', String(seed))

/** Asserts that every record on the disk is a whole one; gives how many there are. */
function keptRecords(t: ExecutionContext, { resultsFolder }: MarkedScenario): number {
  const folder = join(resultsFolder, 'redirect-vs-stack')
  const files = (existsSync(folder) ? readdirSync(folder) : [])
    .map((run) => join(folder, run, 'run.json'))
    .filter((file) => existsSync(file))
  for (const file of files) {
    const { complete, settings } = readRun(resultsFolder, file)
    t.true(settings.rounds >= 1)
    if (complete) t.is(settings.rounds, rounds)
  }
  return files.length
}

/** The shortest that a run took here when nobody disturbed it. */
let runMs = Infinity

interface Attempt {
  readonly isKilled: boolean
  /** What was running when it was killed. */
  readonly processes: readonly string[]
}

/** Starts a run, and kills it at its `moment`, a share of the time that it takes. */
async function killAt(own: MarkedScenario, moment: number, isByLauncher: boolean): Promise<Attempt> {
  const startedMs = performance.now()
  const run = startBench(runArguments(own), { environment: own.mark.environment, isByLauncher })
  const ended = await Promise.race([run, setTimeout(runMs * moment)])
  const processes = markedProcesses(own.mark).map(({ program }) => program.replace(/.*\//, ''))
  run.kill('SIGKILL')
  await run
  if (ended !== undefined) runMs = Math.min(runMs, performance.now() - startedMs)
  return { isKilled: ended === undefined, processes }
}

asRoot('a run that nobody disturbs leaves nothing but its result', async (t) => {
  const own = markedScenario(t)
  const startedMs = performance.now()
  const { exitCode, stderr } = await bench(runArguments(own), { environment: own.mark.environment })
  runMs = performance.now() - startedMs
  t.is(exitCode, 0, stderr)
  t.deepEqual(await leftAfterAWhile(own.mark), [])
  t.is(keptRecords(t, own), 1)
})

// On a busy machine a run may end before its moment: the next try knows better how long one takes.
const tries = 5

// Each in another eighth of a run's time, so that every stage gets its share of kills; kills.ts of the benchmarks has more.
const random = randomSource(seed)
for (let kill = 0; kill < kills; kill += 1) {
  const moment = (kill + random()) / kills
  const isByLauncher = kill % 2 === 0
  const title = `a run killed with SIGKILL after ${(moment * 100).toFixed(0)} % of its time leaves nothing but whole results`
  asRoot(`${title} (${isByLauncher ? './bench' : 'node'})`, async (t) => {
    const own = markedScenario(t)
    let attempt: Attempt | undefined
    for (let count = 0; count < tries && attempt?.isKilled !== true; count += 1) {
      attempt = await killAt(own, moment, isByLauncher)
      t.deepEqual(await leftAfterAWhile(own.mark), [])
    }
    const words = attempt?.isKilled === true ? 'killed' : 'always over before'
    t.log(`seed ${seed}, ${words} after ${Math.round(moment * runMs)} ms; records: ${keptRecords(t, own)}`)
    t.log(`processes then: ${attempt?.processes.join(', ')}`)
  })
}
