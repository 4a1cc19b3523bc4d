/** The value that a trial has for a metric. */
import { isTrialOf, type Metric } from './metrics.ts'
import type { TrialRecord } from './record.ts'

/** The value of a metric in one trial, in the metric's unit; undefined if the trial does not have it. */
export function trialValue(trial: TrialRecord, metric: Metric): number | undefined {
  if (!isTrialOf(trial, metric)) return undefined
  const [field = '', statistic] = metric.plain.split('.')
  const value = (trial as Readonly<Record<string, unknown>>)[field]
  return (statistic === undefined ? value : (value as Statistics | undefined)?.[statistic]) as
    number | undefined
}

type Statistics = Readonly<Record<string, number>>
