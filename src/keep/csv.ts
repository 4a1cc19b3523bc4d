/** The tables of a run: every sample, and the summary. One row a value, unit beside it. */
import { deliveryFaults, deliveryOf, faultRatio } from '../record/delivery.ts'
import { metricNamed, metricsOf } from '../record/metrics.ts'
import type { PathRecord, RunRecord } from '../record/record.ts'
import { isSound, soundnessOf } from '../record/soundness.ts'
import { trialValue } from '../record/trial-value.ts'
import { csvOf, csvText, type Field } from './csv-text.ts'

/** `samples.csv`: one row for every metric of every trial, warm-up included and marked. */
export function samplesCsv({ runId, trials }: RunRecord): string {
  const rows = trials.flatMap((trial) => {
    const { round, block, position, path, kind, warmup, startNs, durationNs } = trial
    const place = [runId, round, block, position, path, kind, warmup, startNs, durationNs]
    return metricsOf([trial]).flatMap((metric): Field[][] => {
      const value = trialValue(trial, metric)
      return value === undefined ? [] : [[...place, metric.name, metric.unit, value]]
    })
  })
  return csvText([sampleColumns, ...rows])
}

const sampleColumns = [
  ...['runId', 'round', 'block', 'position', 'path', 'kind', 'warmup', 'startNs', 'durationNs'],
  ...['metric', 'unit', 'value'],
]

/**
 * `summary.csv`: one row for every path and metric, with its estimate and its ratio to the baseline. A metric
 * that a path should have and has not is a row without numbers, whose status says why.
 */
export function summaryCsv(record: RunRecord): string {
  const metricsOfAny = [...new Set(record.estimates.map(({ metric }) => metric))]
  const rows = record.paths.flatMap((path) => {
    const own = record.estimates.filter((estimate) => estimate.path === path.name)
    const absent = metricsOfAny.filter((name) => !own.some(({ metric }) => metric === name))
    return [
      ...own.map((estimate) => rowOf(record, path, estimate)),
      ...absent.map((metric) => ({ ...placeOf(record, path, metric), unit: metricNamed(metric)?.unit })),
    ]
  })
  return csvOf(summaryColumns, rows)
}

const summaryColumns = [
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
  'status',
  ...deliveryFaults.map((fault) => `${fault}Ratio`),
]

/** What a row is of, how the path stands, and the share of its packets that went wrong, over all loads. */
const placeOf = (record: RunRecord, path: PathRecord, metric: string) => {
  const delivery = deliveryOf(record, path)
  const { state } = soundnessOf(record, path)
  const shares = deliveryFaults.map((fault): [string, number | undefined] => [
    `${fault}Ratio`,
    faultRatio(delivery, fault),
  ])
  return {
    ...{ runId: record.runId, path: path.name, metric },
    status: state === 'sound' ? 'measured' : state,
    ...Object.fromEntries(shares),
  }
}

function rowOf(record: RunRecord, path: PathRecord, estimate: RunRecord['estimates'][number]) {
  const { metric, unit, estimate: value, low, high, n } = estimate
  const comparison = record.comparisons.find((one) => one.path === path.name && one.metric === metric)
  return {
    ...placeOf(record, path, metric),
    ...{ unit, estimate: value, low, high, n },
    baseline: comparison?.baseline,
    ratio: comparison?.ratio.estimate,
    ratioLow: comparison?.ratio.low,
    ratioHigh: comparison?.ratio.high,
    pValue: comparison?.pValue,
    verdict: isSound(record, path) ? comparison?.verdict : undefined,
  }
}
