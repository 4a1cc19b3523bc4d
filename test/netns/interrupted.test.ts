import type { ExecutionContext } from 'ava'
import { setTimeout } from 'node:timers/promises'
import { listRuns, readRun } from '../../src/keep/store.ts'
import type { RunRecord } from '../../src/record/record.ts'
import { randomSource } from '../../src/stats/random.ts'
import { asRoot } from './as-root.ts'
import { startBench } from './bench-command.ts'
import { leftAfterAWhile } from './leftovers.ts'
import { type MarkedScenario, markedScenario } from './marked-scenario.ts'
import { controlC, startInTerminal, type Terminal } from './terminal.ts'

const seed = 20_262

/** The record that an interrupted run kept, if it had measured something; one that is kept holds a block. */
function keptRecord(t: ExecutionContext, { resultsFolder }: MarkedScenario): RunRecord | undefined {
  const runs = listRuns(resultsFolder)
  t.true(runs.length <= 1)
  if (runs[0] === undefined) return undefined
  const record = readRun(resultsFolder, runs[0].folder)
  t.true(record.blocks.some(({ warmup }) => !warmup))
  return record
}

interface Interruption {
  readonly own: MarkedScenario
  readonly terminal: Terminal
  readonly exitCode: number | undefined
}

/** Runs a scenario in a terminal, and types Ctrl-C when it shows `words`. */
async function interruptWhenShown(t: ExecutionContext, words: string, rounds = 2): Promise<Interruption> {
  const own = markedScenario(t)
  const terminal = startInTerminal(
    own.runArguments('--rounds', String(rounds), '--blocks', '2', '--no-report'),
    own.mark.environment,
  )
  await terminal.untilShown(words)
  terminal.type(controlC)
  const exitCode = await terminal.ended
  t.deepEqual(await leftAfterAWhile(own.mark), [])
  return { own, terminal, exitCode }
}

for (const words of ['building the topologies', 'probing the paths'])
  asRoot(`Ctrl-C while ${words} ends the run with 130, and keeps no result of nothing`, async (t) => {
    const { own, terminal, exitCode } = await interruptWhenShown(t, words)
    t.is(exitCode, 130, terminal.shown())
    t.true(terminal.shown().includes('Interrupted before anything was measured'), terminal.shown())
    t.is(keptRecord(t, own), undefined)
  })

asRoot(
  'Ctrl-C while warming up ends the run with 130, and keeps what was measured, if anything',
  async (t) => {
    const { own, terminal, exitCode } = await interruptWhenShown(t, 'warming up')
    t.is(exitCode, 130, terminal.shown())
    const complete = keptRecord(t, own)?.complete
    t.not(complete, true)
  },
)

for (const words of ['measuring', 'reading the proof'])
  asRoot(`Ctrl-C while ${words} ends the run with 130, and keeps what was measured as partial`, async (t) => {
    const { own, terminal, exitCode } = await interruptWhenShown(t, words)
    t.is(exitCode, 130, terminal.shown())
    const record = keptRecord(t, own)
    t.is(record?.complete, false)
    t.true(record?.warnings.some(({ code }) => code === 'partial'))
  })

asRoot('Ctrl-C while computing intervals, when all is measured, keeps the whole result', async (t) => {
  const { own, terminal, exitCode } = await interruptWhenShown(t, 'computing intervals', 1)
  // 0 where the run had ended before the key was read.
  t.true(exitCode === 130 || exitCode === 0, terminal.shown())
  t.is(keptRecord(t, own)?.complete, true)
})

asRoot('a second Ctrl-C ends a run at once, in the middle of a block', async (t) => {
  const own = markedScenario(t, [[['load'], [{ kind: 'paced', packets: 200_000, ratePps: 20_000 }]]])
  const terminal = startInTerminal(own.runArguments('--rounds', '1', '--blocks', '1'), own.mark.environment)
  await terminal.untilShown('warming up')
  terminal.type(controlC)
  await terminal.untilShown('again to end at once')
  terminal.type(controlC)
  t.is(await terminal.ended, 130, terminal.shown())
  // The block of 40 seconds was not waited for: then it would say that nothing was measured.
  t.false(terminal.shown().includes('Interrupted before'), terminal.shown())
  t.is(keptRecord(t, own), undefined)
  t.deepEqual(await leftAfterAWhile(own.mark), [])
})

const random = randomSource(seed)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGINT'] as const) {
  const delayMs = Math.round(200 + random() * 1500)
  asRoot(`${signal} after ${delayMs} ms leaves nothing but whole results`, async (t) => {
    t.log(`seed ${seed}`)
    const own = markedScenario(t)
    const run = startBench(own.runArguments('--rounds', '2', '--blocks', '2'), {
      environment: own.mark.environment,
    })
    await Promise.race([run, setTimeout(delayMs)])
    run.kill(signal)
    const { exitCode, signal: endedBy, stderr } = await run
    // Before it has read its own options a signal ends it as any program.
    t.true(endedBy === signal || exitCode === 130 || exitCode === 0, `exit code ${exitCode}, ${stderr}`)
    const record = keptRecord(t, own)
    if (exitCode === 0) t.is(record?.complete, true)
    t.deepEqual(await leftAfterAWhile(own.mark), [])
  })
}
