import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { watch } from 'node:fs/promises'
import { join } from 'node:path'
import type { ExecutionContext } from 'ava'
import { execa } from 'execa'
import { listRuns, readRun } from '../../src/keep/store.ts'
import type { RunRecord } from '../../src/record/record.ts'
import { asRoot } from './as-root.ts'
import { leftAfterAWhile, markedProcesses } from './leftovers.ts'
import { type MarkedScenario, markedScenario } from './marked-scenario.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { startInTerminal } from './terminal.ts'

/** Waits until the run of a marked scenario has ended, whose terminal is gone. */
async function untilEnded({ mark }: MarkedScenario): Promise<void> {
  const node = markedProcesses(mark).find(({ command }) => /main\.[jt]s/.test(command))
  if (node !== undefined) await execa('tail', ['--pid', String(node.pid), '--follow', '/dev/null'])
}

/** Waits until a run has kept its first round. */
async function untilKept({ folder, resultsFolder }: MarkedScenario): Promise<void> {
  const changes = watch(folder, { recursive: true, signal: AbortSignal.timeout(120_000) })
  while (listRuns(resultsFolder).length === 0) await changes[Symbol.asyncIterator]().next()
}

/** What a run has kept, of which there is everything: the record, both CSV files, the report. */
function keptWhole(t: ExecutionContext, { resultsFolder, reportsFolder }: MarkedScenario): RunRecord {
  const [run] = listRuns(resultsFolder)
  t.deepEqual(readdirSync(run!.folder).toSorted(), ['run.json', 'samples.csv', 'summary.csv'])
  const record = readRun(resultsFolder, run!.folder)
  const rows = readFileSync(join(run!.folder, 'samples.csv'), 'utf8').trim().split('\n').slice(1)
  const blocks = new Set(rows.map((row) => row.split(',').slice(1, 3).join()))
  t.deepEqual(blocks, new Set(record.blocks.map(({ round, block }) => `${round},${block}`)))
  t.true(existsSync(join(reportsFolder, record.scenario, `${record.runId}.html`)))
  return record
}

const roundsOf = ({ blocks }: RunRecord): number => new Set(blocks.map(({ round }) => round)).size

asRoot('closing the terminal ends a run, and keeps what was measured with its CSV and report', async (t) => {
  const own = markedScenario(t)
  const terminal = startInTerminal(own.runArguments('--rounds', '50', '--blocks', '2'), own.mark.environment)
  await terminal.untilShown('round 2/50')
  terminal.close()
  await untilEnded(own)
  t.deepEqual(await leftAfterAWhile(own.mark), [])
  const record = keptWhole(t, own)
  t.false(record.complete)
  t.true(roundsOf(record) >= 1 && roundsOf(record) < 50)
  t.true(record.warnings.some(({ code }) => code === 'partial'))
})

asRoot('under nohup a run whose terminal is closed goes on to its end', async (t) => {
  const own = markedScenario(t)
  const kept = untilKept(own)
  const terminal = startInTerminal(own.runArguments('--rounds', '3', '--blocks', '2'), own.mark.environment, {
    cwd: temporaryFolder(t),
    isByLauncher: true,
    within: ['nohup'],
  })
  // nohup writes into nohup.out where there is a terminal: what is done tells when to close it.
  await kept
  terminal.close()
  await untilEnded(own)
  t.deepEqual(await leftAfterAWhile(own.mark), [])
  const record = keptWhole(t, own)
  t.true(record.complete)
  t.is(roundsOf(record), 3)
})
