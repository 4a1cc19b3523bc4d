/** The record that a run has kept. */
import { listRuns, readRun } from '../../src/keep/store.ts'
import type { RunRecord } from '../../src/record/record.ts'
import type { Ended } from './bench-command.ts'

/** @throws Error with what the run said, where it kept none */
export function keptRun(resultsFolder: string, { stderr }: Pick<Ended, 'stderr'>): RunRecord {
  const [run] = listRuns(resultsFolder)
  if (run === undefined) throw new Error(`no result was kept: ${stderr}`)
  return readRun(resultsFolder, run.folder)
}
