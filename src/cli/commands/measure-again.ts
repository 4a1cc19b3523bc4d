/** A fresh run of the scenario of another. */
import { differenceLine } from '../../across/differences.ts'
import { isKnown } from '../../across/environment-differences.ts'
import { programDifferences } from '../../across/identity-differences.ts'
import { BenchError } from '../../host/errors.ts'
import type { RunRecord } from '../../record/record.ts'
import { findScenario } from '../../scenario/find.ts'
import { loadScenario } from '../../scenario/load.ts'
import { measure } from './measure.ts'
import { optional } from '../options/measuring-options.ts'
import { tell } from '../terminal/output.ts'
import { onNamedKernels } from './named-kernels.ts'
import { longerOptions, repeatOf } from './repeat-command.ts'

export interface MeasureAgain {
  readonly record: RunRecord
  /** How much longer than `record` a run would have to be to decide. */
  readonly times: number
  readonly resultsFolder: string
}

/**
 * Measures the scenario of a run once more, with its settings and a seed of its own, and keeps the result.
 *
 * @throws BenchError where the scenario is no longer the same, or the run cannot be made whole
 */
export async function measureAgain({ record, times, resultsFolder }: MeasureAgain): Promise<RunRecord> {
  const { scenario: name, changes, kernels = [], options, cpus } = repeatOf(record)
  const { scenario, ...on } = await onNamedKernels(loadScenario(findScenario(name), changes), kernels)
  if (scenario.source !== record.scenarioSource)
    throw new BenchError(`Could not measure run ${record.runId} again: ${scenario.file} has changed since`, {
      trouble: 'usage',
      hint: 'measure the scenario as it is now with `bench run`, and check that',
    })
  const fresh = await measure({
    scenario,
    asked: {
      ...{ command: 'run', scenario: name, ...optional('changes', changes) },
      ...(kernels.length === 0 ? {} : { kernels }),
    },
    ...on,
    options: longerOptions(options, record.settings, times),
    flags: { ...optional('cpus', cpus), wait: true, report: false, results: resultsFolder },
  })
  if (fresh.folder !== undefined) tell(`result  ${fresh.folder}`)
  if (fresh.failure !== undefined) throw fresh.failure
  if (fresh.isInterrupted)
    throw new BenchError('Interrupted before the gates were confirmed', { trouble: 'interrupted' })
  requireSamePrograms(record, fresh.record)
  return fresh.record
}

/** A run of other programs confirms nothing of these. @throws BenchError `usage` */
function requireSamePrograms(record: RunRecord, fresh: RunRecord): void {
  const changed = programDifferences(record, fresh).filter(isKnown)
  if (changed.length === 0) return
  throw new BenchError(`Could not confirm run ${record.runId}: its programs have changed since`, {
    trouble: 'usage',
    details: changed.map(differenceLine).join('\n'),
    hint: 'measure the programs as they are now with `bench run`, and check that',
  })
}
