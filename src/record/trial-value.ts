/** The value that a trial has for a metric. */
import type { Metric } from './metrics.ts'
import type { TrialRecord } from './record.ts'

/** The value of a metric in one trial, in the metric's unit; undefined if the trial does not have it. */
export function trialValue(trial: TrialRecord, { name }: Metric): number | undefined {
  const [field = '', statistic] = name.split('.')
  const value = (trial as Readonly<Record<string, unknown>>)[field]
  return (statistic === undefined ? value : (value as Statistics | undefined)?.[statistic]) as
    number | undefined
}

type Statistics = Readonly<Record<string, number>>
