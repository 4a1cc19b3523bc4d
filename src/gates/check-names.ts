/** Whether what gates name is there: a gate on a path that there is not would never be breached. */
import { didYouMean } from '../host/nearest.ts'
import { isTrialOf, metricNamed, metricsOf } from '../record/metrics.ts'
import type { RunRecord } from '../record/record.ts'
import { gatesError, type Problem } from './problem.ts'
import type { Gate } from './rule.ts'

/** What of a run, or of a scenario, gates may name. */
export type Named = Pick<RunRecord, 'scenario'> & {
  readonly paths: readonly Pick<RunRecord['paths'][number], 'name' | 'role'>[]
  readonly settings: {
    readonly trials: readonly Pick<RunRecord['settings']['trials'][number], 'kind' | 'name'>[]
  }
}

/**
 * That every path of `gates` is one of the run's, and every metric one that its trials measure.
 *
 * @throws BenchError `usage` with every problem and its place
 */
export function requireNames(gates: readonly Gate[], run: Named): void {
  const problems = wrongNames(gates, run)
  if (problems.length > 0) throw gatesError(problems)
}

/** Every path or metric of `gates` that is not there. */
export const wrongNames = (gates: readonly Gate[], run: Named): Problem[] =>
  gates.flatMap((gate) => problemsOf(gate, run))

function problemsOf({ rule, source, text, places }: Gate, run: Named): Problem[] {
  if (rule.kind === 'valid' || rule.kind === 'regression') return []
  const at = (offset: number, message: string): Problem => ({
    source: { ...source, column: source.column + offset },
    text,
    message,
  })
  const path = run.paths.find(({ name }) => name === rule.path)
  const names = run.paths.map(({ name }) => name)
  if (path === undefined)
    return [
      at(
        places.path,
        `${run.scenario} has no path "${rule.path}"${didYouMean(rule.path, names) || `, but ${names.join(', ')}`}`,
      ),
    ]
  if (path.role === 'baseline' && rule.kind === 'ratio')
    return [at(places.path, `${path.name} is the baseline: its ratio to itself is always 1`)]
  const metric = metricNamed(rule.metric)
  const { trials } = run.settings
  if (metric !== undefined && trials.some((trial) => isTrialOf(trial, metric))) return []
  const alike = metricsOf(trials).filter(({ plain }) => plain === metric?.plain)
  const found = alike.length === 0 ? 'none' : alike.map(({ name }) => name).join(', ')
  return [
    at(
      places.metric,
      `${rule.metric} comes from trials of kind ${metric?.load ?? 'unknown'}${metric?.trial === undefined ? '' : ` called ${metric.trial}`}, and the run has ${found}`,
    ),
  ]
}
