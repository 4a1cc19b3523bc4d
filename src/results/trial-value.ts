/** The value that a trial has for a metric. */
import type { Metric } from './metrics.ts'
import type { TrialDistribution, TrialRecord } from './record.ts'

/** The value of a metric in one trial, in the metric's unit; undefined if the trial does not have it. */
export function trialValue(trial: TrialRecord, { name }: Metric): number | undefined {
  if (name === 'throughputPps' || name === 'costNs' || name === 'lossRatio' || name === 'httpRps')
    return trial[name]
  const [distribution, suffix] = name.split('.') as ['rttNs', keyof TrialDistribution]
  return trial[distribution]?.[suffix]
}
