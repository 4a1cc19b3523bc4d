/** The figures of a `regression` gate: headline metrics against another run, or another version. */
import { isHigherBetter, ratioOfLevels, ratioOfRatios } from '../across/across-runs.ts'
import { controlFactorOf } from '../across/control.ts'
import { ratioIntervalOf } from '../across/log-estimate.ts'
import { metrics } from '../results/metrics.ts'
import type { PathRecord, RunRecord } from '../results/record.ts'
import { defaultConfidence } from '../stats/bootstrap.ts'
import type { Evidence, Figure } from './figure.ts'
import { missingPath, ratioEvidence } from './run-evidence.ts'

/** What a run is held against. */
export type Reference =
  /** Another run: by its ratios to its own baseline path, or by its absolute figures. */
  | { readonly kind: 'run'; readonly record: RunRecord; readonly isAbsolute: boolean }
  /** The run's own baseline path, which is the other version. */
  | { readonly kind: 'baseline-path' }

/** Headline metrics that a run's trials measure. */
const headlineOf = ({ settings }: RunRecord) =>
  metrics.filter(({ headline, load }) => headline && settings.trials.some(({ kind }) => kind === load))

/** Every headline metric of every path that may get worse, with the worst that it may come to. */
export function regressionFigures(record: RunRecord, limit: number, reference: Reference): Figure[] {
  const isAbsolute = reference.kind === 'run' && reference.isAbsolute
  const roles: readonly PathRecord['role'][] = isAbsolute ? ['baseline', 'candidate'] : ['candidate']
  return record.paths
    .filter(({ role }) => roles.includes(role))
    .flatMap(({ name: path }) =>
      headlineOf(record).map(({ name: metric }): Figure => {
        const isHigher = isHigherBetter(metric)
        return {
          path,
          metric,
          kind: 'change',
          unit: 'ratio',
          comparator: isHigher ? '>=' : '<=',
          limit: isHigher ? 1 - limit : 1 + limit,
          evidence: changeEvidence(record, path, metric, reference),
        }
      }),
    )
}

function changeEvidence(record: RunRecord, path: string, metric: string, reference: Reference): Evidence {
  if (reference.kind === 'baseline-path') return ratioEvidence(record, path, metric)
  const { record: before, isAbsolute } = reference
  const missing = missingPath(record, path, !isAbsolute)
  if (missing !== undefined) return missing
  const across = (isAbsolute ? ratioOfLevels : ratioOfRatios)(before, record, path, metric)
  if (across.state === 'not-compared') return { state: 'lacking', reason: across.reason, isBreach: false }
  const { quotient, second } = across
  const whole = quotient.reach(defaultConfidence)
  const own = second.reach(defaultConfidence)
  const width = (reach: typeof whole): number => reach.below + reach.above
  return {
    state: 'measured',
    interval: (confidence) => ratioIntervalOf(quotient, confidence),
    controlFactor: isAbsolute ? 1 : controlFactorOf(before, metric) * controlFactorOf(record, metric),
    ownShare: Math.min(1, (width(own) / width(whole)) ** 2),
  }
}
