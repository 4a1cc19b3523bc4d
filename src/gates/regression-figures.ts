/** The figures of a `regression` gate: headline metrics against another run, or another version. */
import { isHigherBetter, ratioOfLevels, ratioOfRatios } from '../across/across-runs.ts'
import { controlFactorOf } from '../across/control.ts'
import { headlineMetricsOf } from '../across/headline.ts'
import { lackOf } from '../across/lack.ts'
import { ratioIntervalOf } from '../across/log-estimate.ts'
import type { PathRecord, RunRecord } from '../record/record.ts'
import { defaultConfidence } from '../stats/bootstrap.ts'
import type { Evidence, Figure } from './figure.ts'
import { missingFigure, ratioEvidence } from './run-evidence.ts'

/** What a run is held against. */
export type Reference =
  /** Another run: by its ratios to its own baseline path, or by its absolute figures. */
  | { readonly kind: 'run'; readonly record: RunRecord; readonly isAbsolute: boolean }
  /** The run's own baseline path, which is the other version. */
  | { readonly kind: 'baseline-path' }

/** Every headline metric of every path that may get worse, with the worst that it may come to. */
export function regressionFigures(record: RunRecord, limit: number, reference: Reference): Figure[] {
  return judgedPaths(record, reference).flatMap((path) =>
    headlineMetricsOf(record).map(({ name: metric }): Figure => {
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

/** Paths of either run: one that was there and is there no longer has not stayed as good as it was. */
function judgedPaths(record: RunRecord, reference: Reference): string[] {
  const isAbsolute = reference.kind === 'run' && reference.isAbsolute
  const roles: readonly PathRecord['role'][] = isAbsolute ? ['baseline', 'candidate'] : ['candidate']
  const runs = reference.kind === 'run' ? [record, reference.record] : [record]
  return [
    ...new Set(
      runs.flatMap(({ paths }) => paths.filter(({ role }) => roles.includes(role)).map(({ name }) => name)),
    ),
  ]
}

function changeEvidence(record: RunRecord, path: string, metric: string, reference: Reference): Evidence {
  if (reference.kind === 'baseline-path') return ratioEvidence(record, path, metric)
  const { record: before, isAbsolute } = reference
  const missing = missingFigure(record, path, metric, !isAbsolute)
  if (missing !== undefined) return sinceThen(missing, record, before, path, metric)
  const inItself = isAbsolute ? undefined : ratioEvidence(record, path, metric)
  if (inItself?.state === 'lacking' && inItself.isBreach) return inItself
  const across = (isAbsolute ? ratioOfLevels : ratioOfRatios)(before, record, path, metric)
  if (across.state === 'not-compared') return { state: 'lacking', reason: across.reason, isBreach: false }
  const { quotient, second } = across
  const whole = quotient.halfWidths(defaultConfidence)
  const own = second.halfWidths(defaultConfidence)
  const width = ({ below, above }: typeof whole): number => below + above
  return {
    state: 'measured',
    interval: (confidence) => ratioIntervalOf(quotient, confidence),
    controlFactor: isAbsolute ? 1 : controlFactorOf(before, metric) * controlFactorOf(record, metric),
    ownShare: Math.min(1, (width(own) / width(whole)) ** 2),
  }
}

/** What is missing now and was there before has got worse, but where the run ended before it came to it. */
function sinceThen(
  missing: Extract<Evidence, { state: 'lacking' }>,
  record: RunRecord,
  before: RunRecord,
  path: string,
  metric: string,
): Evidence {
  if (lackOf(before, path, metric) !== undefined) return missing
  const isUnreached = !record.complete && lackOf(record, path, metric)?.kind === 'no-figure'
  return {
    ...missing,
    isBreach: missing.isBreach || !isUnreached,
    reason: `measured in run ${before.runId}, and now ${missing.reason}`,
  }
}
