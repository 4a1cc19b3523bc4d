/** The value that a trial has for a metric. */
import { isTrialOf, type Metric } from './metrics.ts'
import type { TrialRecord } from './record.ts'

/** Reads the values of a metric, in its unit, from trials; undefined where a trial does not have it. */
export function readerOf(metric: Metric): (trial: TrialRecord) => number | undefined {
  const [field = '', statistic] = metric.plain.split('.')
  return (trial) => {
    if (!isTrialOf(trial, metric)) return undefined
    const value = (trial as Readonly<Record<string, unknown>>)[field]
    return (statistic === undefined ? value : (value as Statistics | undefined)?.[statistic]) as
      number | undefined
  }
}

/** The value of a metric in one trial, in the metric's unit; undefined if the trial does not have it. */
export const trialValue = (trial: TrialRecord, metric: Metric): number | undefined => readerOf(metric)(trial)

type Statistics = Readonly<Record<string, number>>
