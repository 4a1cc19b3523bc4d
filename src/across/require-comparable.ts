/** Refuses to compare what cannot be compared. */
import { BenchError } from '../host/errors.ts'
import type { RunRecord } from '../record/record.ts'
import { differenceLine } from './differences.ts'
import { environmentDifferences } from './environment-differences.ts'
import { loadDifferences } from './settings-differences.ts'

/** That two runs are of one scenario. @throws BenchError `usage` */
export function requireSameScenario(first: RunRecord, second: RunRecord): void {
  if (first.scenario === second.scenario) return
  throw new BenchError(
    `Could not compare runs ${first.runId} and ${second.runId}: one is of ${first.scenario}, the other of ${second.scenario}`,
    { trouble: 'usage', hint: 'compare runs of one scenario' },
  )
}

/**
 * That two runs of one scenario measured it under the same load.
 *
 * @throws BenchError `usage` naming what differs.
 */
export function requireSameLoad(first: RunRecord, second: RunRecord): void {
  const differences = loadDifferences(first, second)
  if (differences.length === 0) return
  throw new BenchError(
    `Could not compare runs ${first.runId} and ${second.runId}: they were measured under different loads`,
    {
      trouble: 'usage',
      details: differences.map(differenceLine).join('\n'),
      hint: 'measure again with the load of the other run; its command is in its record and its report',
    },
  )
}

/**
 * That two runs come from the same environment, without which absolute figures say nothing.
 *
 * @throws BenchError `usage` naming each difference.
 */
export function requireSameEnvironment(first: RunRecord, second: RunRecord): void {
  const differences = environmentDifferences(first.environment, second.environment)
  if (differences.length === 0) return
  throw new BenchError(
    `Could not compare absolute figures of runs ${first.runId} and ${second.runId}: their environments differ`,
    {
      trouble: 'usage',
      details: differences.map(differenceLine).join('\n'),
      hint: 'leave out --absolute to compare ratios, which are free of the speed of the machine',
    },
  )
}
