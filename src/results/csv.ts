/** The tables of a run: every sample, and the summary. One row a value, unit beside it. */
import { stringify } from 'csv-stringify/sync'
import { metrics } from './metrics.ts'
import type { RunRecord } from './record.ts'
import { trialValue } from './trial-value.ts'

/** `samples.csv`: one row for every metric of every trial, warm-up included and marked. */
export function samplesCsv(record: RunRecord): string {
  const rows = record.trials.flatMap((trial) => {
    const { round, block, position, path, kind, warmup, startNs, durationNs } = trial
    const place = {
      runId: record.runId,
      round,
      block,
      position,
      path,
      kind,
      warmup: String(warmup),
      startNs,
      durationNs,
    }
    return metrics.flatMap((metric) => {
      const value = trialValue(trial, metric)
      return value === undefined ? [] : [{ ...place, metric: metric.name, unit: metric.unit, value }]
    })
  })
  return stringify(rows, {
    header: true,
    columns: [
      'runId',
      'round',
      'block',
      'position',
      'path',
      'kind',
      'warmup',
      'startNs',
      'durationNs',
      'metric',
      'unit',
      'value',
    ],
  })
}

/** `summary.csv`: one row for every path and metric, with its estimate and its ratio to the baseline. */
export function summaryCsv(record: RunRecord): string {
  const rows = record.estimates.map(({ path, metric, unit, estimate, low, high, n }) => {
    const comparison = record.comparisons.find((one) => one.path === path && one.metric === metric)
    return {
      ...{ runId: record.runId, path, metric, unit, estimate, low, high, n },
      baseline: comparison?.baseline,
      ratio: comparison?.ratio.estimate,
      ratioLow: comparison?.ratio.low,
      ratioHigh: comparison?.ratio.high,
      pValue: comparison?.pValue,
      verdict: comparison?.verdict,
    }
  })
  return stringify(rows, {
    header: true,
    columns: [
      'runId',
      'path',
      'metric',
      'unit',
      'estimate',
      'low',
      'high',
      'n',
      'baseline',
      'ratio',
      'ratioLow',
      'ratioHigh',
      'pValue',
      'verdict',
    ],
  })
}
