/** What ends a run that has compared nothing. Pure. */
import { BenchError } from '../host/errors.ts'
import type { RunRecord } from '../record/record.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import { leftOutLines } from './left-out.ts'
import type { RunState } from './run-state.ts'

/** What ends a run in which the baseline, or every candidate, is left out: its record tells of each. */
export function nothingToCompare(
  paths: readonly ScenarioPath[],
  { stopped, leftOut }: RunState,
): BenchError | undefined {
  if (stopped !== 'nothing-left') return undefined
  return new BenchError(
    'Could not compare anything: the baseline, or all that is set against it, was left out',
    {
      trouble: 'failed',
      details: leftOutLines(paths, leftOut),
      hint: '`bench exec` brings a path up for a look with tcpdump or ping',
    },
  )
}

/**
 * What a run has come to in which no candidate could be compared by an interval: nothing. Who asked for so
 * few blocks knows that.
 */
export function nothingConcluded({ comparisons, paths, settings }: RunRecord): BenchError | undefined {
  if (settings.blocksPerRound !== null || !paths.some(({ role }) => role === 'candidate')) return undefined
  const candidates = new Set(paths.filter(({ role }) => role === 'candidate').map(({ name }) => name))
  if (comparisons.some(({ path, ratio }) => candidates.has(path) && ratio.low !== null)) return undefined
  return new BenchError(
    `Could not conclude anything: ${settings.rounds} rounds gave too few blocks for an interval of any candidate`,
    {
      trouble: 'failed',
      hint: 'give the run more with --max-time, or measure on a quieter machine',
    },
  )
}
