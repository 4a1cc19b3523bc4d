/** A short run of a scenario, and what of it does not go as its rules say. */
import { listRuns, readRun } from '../../src/keep/store.ts'
import type { RunRecord } from '../../src/record/record.ts'
import { bench } from './bench-command.ts'

const short = ['--rounds', '1', '--blocks', '2', '--no-report', '--quiet']

/** The record of a run that is as short as can be. */
export async function recordOf(args: readonly string[], results: string): Promise<RunRecord> {
  const { stderr } = await bench(['run', ...args, ...short, '--results', results])
  const [run] = listRuns(results)
  if (run === undefined) throw new Error(`no result was kept: ${stderr}`)
  return readRun(results, run.folder)
}

/** The paths of a record that are not measured, or one of whose rules does not hold, with the reason. */
export const unproven = ({ paths }: RunRecord): string[] =>
  paths.flatMap(({ name, status, reason, proof }) => [
    ...(status === 'measured' ? [] : [`${name}: ${status}, ${reason}`]),
    ...proof.filter(({ holds }) => !holds).map(({ what, observed }) => `${name}: ${what} ${observed}`),
  ])
