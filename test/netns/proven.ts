/** A short run of a scenario, and what of it does not go as its rules say. */
import type { RunRecord } from '../../src/record/record.ts'
import { bench } from './bench-command.ts'
import { keptRun } from './kept-run.ts'

const short = ['--rounds', '1', '--blocks', '2', '--no-report', '--quiet']

/** The record of a short run; what `args` say has the last word. */
export async function recordOf(args: readonly string[], results: string): Promise<RunRecord> {
  return keptRun(results, await bench(['run', ...short, ...args, '--results', results]))
}

/** The paths of a record that are not measured, or one of whose rules does not hold, with the reason. */
export const unproven = ({ paths }: Pick<RunRecord, 'paths'>): string[] =>
  paths.flatMap(({ name, status, reason, proof }) => [
    ...(status === 'measured' ? [] : [`${name}: ${status}, ${reason}`]),
    ...proof.filter(({ holds }) => !holds).map(({ what, observed }) => `${name}: ${what} ${observed}`),
  ])
