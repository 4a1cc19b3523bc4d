/** What each metric is called in a sentence. */
import type { MetricWords } from '../parts/metrics/metric.ts'
import { distributions } from '../parts/metrics/metrics.ts'
import { metricNamed } from './metrics.ts'

/** What a recorded distribution is called; its own name where it is not known. */
export const distributionNoun = (name: string): string =>
  distributions.find((distribution) => distribution.name === name)?.noun ?? name

/** The words for a metric; its own name where it is not known, as in a record of a later version. */
export const metricWords = (metric: string): MetricWords =>
  metricNamed(metric) ?? { noun: metric, more: 'higher', less: 'lower' }

/** What a metric is called where there is little room: `packets/s`, `p99 RTT`. */
export const shortNoun = (metric: string): string => metricNamed(metric)?.short ?? metric

/** `more is better` or `less is better`. */
export const directionWords = (metric: string): string =>
  metricNamed(metric)?.better === 'higher' ? 'more is better' : 'less is better'
