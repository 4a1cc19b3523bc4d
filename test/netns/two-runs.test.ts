import { takeLock } from '../../src/host/lock.ts'
import { listRuns, readRun } from '../../src/keep/store.ts'
import type { RunRecord } from '../../src/record/record.ts'
import { asRoot } from './as-root.ts'
import { bench, startBench, told } from './bench-command.ts'
import { markedScenario } from './marked-scenario.ts'
import { changedScenario, ownScenario } from './own-scenario.ts'

const brief = ['--rounds', '1', '--blocks', '1', '--no-report']

/** Holds what runs hold while they measure; waits for one that may be going on. */
async function holdLock(): Promise<() => Promise<void>> {
  for (;;) {
    const lock = await takeLock('the holder of this test')
    if ('release' in lock) return lock.release
    await lock.freed
  }
}

asRoot('of two runs at once, one measures after the other, and both end well', async (t) => {
  // The same scenario, so that they also build the same object at once.
  const own = markedScenario(t)
  const ended = await Promise.all([bench(own.runArguments(...brief)), bench(own.runArguments(...brief))])
  t.deepEqual(
    ended.map(({ exitCode }) => exitCode),
    [0, 0],
    ended.map(({ stderr }) => stderr).join('\n'),
  )
  const records = listRuns(own.resultsFolder).map(({ folder }) => readRun(own.resultsFolder, folder))
  t.deepEqual(
    records.map(({ complete }) => complete),
    [true, true],
  )
  const [first, second] = records.toSorted((a, b) => firstTrialNs(a) - firstTrialNs(b))
  t.true(lastTrialNs(first!) < firstTrialNs(second!))
})

const firstTrialNs = ({ trials }: RunRecord): number => Math.min(...trials.map(({ startNs }) => startNs))
const lastTrialNs = ({ trials }: RunRecord): number =>
  Math.max(...trials.map(({ startNs, durationNs }) => startNs + durationNs))

asRoot('a run waits for another to end, and says for which', async (t) => {
  const own = ownScenario(t, changedScenario())
  const release = await holdLock()
  const run = startBench(own.runArguments(...brief))
  try {
    await told(run, 'Waiting for another run to end (the holder of this test)')
  } finally {
    await release()
  }
  const { exitCode, stderr } = await run
  t.is(exitCode, 0, stderr)
  t.is(listRuns(own.resultsFolder).length, 1)
})

asRoot('with --no-wait a run refuses to begin while another goes on', async (t) => {
  const own = ownScenario(t, changedScenario())
  const release = await holdLock()
  try {
    const { exitCode, stdout, stderr } = await bench(own.runArguments(...brief, '--no-wait'))
    t.is(exitCode, 3)
    t.is(stdout, '')
    t.regex(stderr, /^Could not .*another run.*the holder of this test.*\nHint: .*--no-wait/)
    t.deepEqual(listRuns(own.resultsFolder), [])
  } finally {
    await release()
  }
})

for (const words of [
  ['exec', 'redirect-vs-stack', '--no-wait', '--', 'true'],
  ['trace', 'redirect-vs-stack', '--no-wait', '--no-report'],
  ['explain', 'redirect-vs-stack', '--no-wait', '--path', 'redirect'],
])
  asRoot(`with --no-wait bench ${words[0]} refuses to begin while a run goes on`, async (t) => {
    const release = await holdLock()
    try {
      const { exitCode, stderr } = await bench(words)
      t.is(exitCode, 3)
      t.regex(stderr, /another run.*the holder of this test/)
    } finally {
      await release()
    }
  })

asRoot('a run that waits can be interrupted', async (t) => {
  const own = ownScenario(t, changedScenario())
  const release = await holdLock()
  try {
    const run = startBench(own.runArguments(...brief))
    await told(run, 'Waiting for another run to end')
    run.kill('SIGINT')
    const { exitCode, stderr } = await run
    t.is(exitCode, 130, stderr)
    t.true(stderr.includes('Interrupted while waiting for another run'), stderr)
    t.deepEqual(listRuns(own.resultsFolder), [])
  } finally {
    await release()
  }
})
