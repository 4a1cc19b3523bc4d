import { readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import type { ExecutionContext } from 'ava'
import { takeLock } from '../../src/host/lock.ts'
import { listRuns, readRun } from '../../src/keep/store.ts'
import { asRoot } from './as-root.ts'
import { bench, type BenchProcess, startBench, told } from './bench-command.ts'
import { leftAfterAWhile, markedProcesses } from './leftovers.ts'
import { type MarkedScenario, markedScenario } from './marked-scenario.ts'
import { signalIfThere } from '../../src/host/signal-if-there.ts'

const rounds = 4

interface Started {
  readonly own: MarkedScenario
  readonly run: BenchProcess
}

/** Starts a run, and waits until it has measured a round. */
async function startMeasuring(t: ExecutionContext): Promise<Started> {
  const own = markedScenario(t)
  const run = startBench(own.runArguments('--rounds', String(rounds), '--blocks', '2', '--no-report'), {
    environment: own.mark.environment,
  })
  t.teardown(() => run.kill('SIGKILL'))
  await told(run, `round 1/${rounds}`)
  return { own, run }
}

/** Stops those of a run's processes whose program has this name. @returns which */
function stop(t: ExecutionContext, { own }: Started, name: string): number[] {
  const pids = markedProcesses(own.mark)
    .filter(({ program }) => program.endsWith(name))
    .map(({ pid }) => pid)
  t.true(pids.length > 0, `no ${name} was running`)
  for (const pid of pids) signalIfThere(pid, 'SIGSTOP')
  return pids
}

/**
 * Stops every process of a run. Those that have just been started first become what they are to be, and ask the
 * kernel to end with their parent: until then nothing but themselves could.
 */
async function stopAll({ own, run }: Started): Promise<void> {
  const others = () => markedProcesses(own.mark).filter(({ pid }) => pid !== run.pid)
  const isBecoming = ({ program }: { program: string }) => /(^|\/)(node|setpriv)$/.test(program)
  signalIfThere(run.pid!, 'SIGSTOP')
  while (!/^State:\tT/m.test(readFileSync(`/proc/${run.pid}/status`, 'utf8'))) await setTimeout(1)
  let found = others()
  for (; found.some(isBecoming); found = others()) await setTimeout(1)
  for (const { pid } of found) signalIfThere(pid, 'SIGSTOP')
}

/** Asserts that nothing of a run is left, and that the lock is free. */
async function assertGone(t: ExecutionContext, { own }: Started): Promise<void> {
  t.deepEqual(await leftAfterAWhile(own.mark), [])
  const lock = await takeLock('this test')
  if (!('release' in lock)) return t.fail(`the lock is held: ${lock.holder}`)
  await lock.release()
}

const recordOf = ({ own }: Started) => readRun(own.resultsFolder, listRuns(own.resultsFolder)[0]!.folder)

asRoot(
  'a run whose generator is stopped ends by itself, says why, and keeps what was measured',
  async (t) => {
    const started = await startMeasuring(t)
    stop(t, started, 'udpgen')
    const { exitCode, stderr } = await started.run
    t.is(exitCode, 4, stderr)
    t.regex(stderr, /^Could not .*stopped by a signal, and did not go on/m)
    t.false(recordOf(started).complete)
    await assertGone(t, started)
  },
)

asRoot('one SIGTERM ends a run whose generator is stopped', async (t) => {
  const started = await startMeasuring(t)
  stop(t, started, 'udpgen')
  // One signal, and no SIGKILL after a while, as execa's own kill() sends it.
  process.kill(started.run.pid!, 'SIGTERM')
  const { exitCode, stderr } = await started.run
  t.is(exitCode, 130, stderr)
  t.false(recordOf(started).complete)
  await assertGone(t, started)
})

// What waits for others does not hold them up while it is stopped; at the end it is not waited for.
for (const name of ['unshare', 'runner', 'nsenter'])
  asRoot(`a run whose ${name} is stopped ends by itself, and leaves nothing`, async (t) => {
    const started = await startMeasuring(t)
    stop(t, started, name)
    const { exitCode, stderr } = await started.run
    t.true(exitCode === 0 || (exitCode === 4 && stderr.includes('stopped by a signal')), stderr)
    t.is(recordOf(started).complete, exitCode === 0)
    await assertGone(t, started)
  })

asRoot('a run that is stopped as a whole, and goes on, is measured to its end', async (t) => {
  const started = await startMeasuring(t)
  const stopped = ['node', 'udpgen', 'nsenter', 'unshare', 'runner'].flatMap((name) => stop(t, started, name))
  // The same, whatever they are called by now: what the runner forked may have become a tool before it stopped.
  for (const pid of stopped) signalIfThere(pid, 'SIGCONT')
  const { exitCode, stderr } = await started.run
  t.is(exitCode, 0, stderr)
  t.is(new Set(recordOf(started).blocks.map(({ round }) => round)).size, rounds)
  await assertGone(t, started)
})

asRoot('SIGKILL leaves nothing of a run whose every process is stopped', async (t) => {
  const started = await startMeasuring(t)
  await stopAll(started)
  started.run.kill('SIGKILL')
  await started.run
  await assertGone(t, started)
})

asRoot(
  'with --no-wait a run beside a suspended one says who holds the lock, and how that goes on',
  async (t) => {
    const started = await startMeasuring(t)
    started.run.kill('SIGSTOP')
    const { pid } = started.run
    const { exitCode, stderr } = await bench(started.own.runArguments('--no-wait'))
    t.is(exitCode, 3, stderr)
    t.regex(
      stderr,
      new RegExp(`^Could not start: another run .*process ${pid}, .*suspended.*kill -CONT ${pid}`),
    )
    started.run.kill('SIGCONT')
    t.is((await started.run).exitCode, 0)
    await assertGone(t, started)
  },
)
