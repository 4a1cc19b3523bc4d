/** What each metric is called in a sentence. */
import { splitFigure } from '../parts/loads/trial-name.ts'
import type { MetricWords } from '../parts/metrics/metric.ts'
import { distributions } from '../parts/metrics/metrics.ts'
import { metricNamed } from './metrics.ts'

/** What a recorded distribution is called; its own name where it is not known. */
export function distributionNoun(name: string): string {
  const { plain, trial } = splitFigure(name)
  const noun = distributions.find((distribution) => distribution.name === plain)?.noun
  return noun === undefined ? name : trial === undefined ? noun : `${noun} (${trial})`
}

/** The words for a metric; its own name where it is not known, as in a record of a later version. */
export const metricWords = (metric: string): MetricWords =>
  metricNamed(metric) ?? { noun: metric, more: 'higher', less: 'lower' }

/** What a metric is called where there is little room: `packets/s`, `p99 RTT`. */
export const shortNoun = (metric: string): string => metricNamed(metric)?.short ?? metric

/** `more is better` or `less is better`. */
export const directionWords = (metric: string): string =>
  metricNamed(metric)?.better === 'higher' ? 'more is better' : 'less is better'
