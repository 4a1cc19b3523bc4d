/** What each metric is called in a sentence. */
import { metricNamed } from './metrics.ts'

export interface MetricWords {
  /** Fits after "in" and before "is": `median round trip`. */
  readonly noun: string
  /** What a greater and a smaller value are called. */
  readonly more: string
  readonly less: string
}

const distributionNouns: Readonly<Record<string, string>> = {
  rttNs: 'round trip',
  forwardNs: 'one-way delay to the server',
  returnNs: 'one-way delay to the client',
  pacedForwardNs: 'one-way delay under paced load',
  pacedForwardUncorrectedNs: 'one-way delay under paced load, uncorrected',
  scheduleErrorNs: "error of the sender's schedule",
  httpLatencyNs: 'HTTP response time',
}

/** Of the sender's thread alone, and a packet that is lost costs those that arrive. */
const costNoun = 'sender CPU time per packet delivered'

const statisticAdjectives: Readonly<Record<string, string>> = {
  p50: 'median',
  p90: '90th-percentile',
  p99: '99th-percentile',
  p999: '99.9th-percentile',
  max: 'longest',
  mean: 'mean',
}

/** What a recorded distribution is called; its own name where it is not known. */
export const distributionNoun = (name: string): string => distributionNouns[name] ?? name

/** The words for a metric; its own name where it is not known, as in a record of a later version. */
export const metricWords = (metric: string): MetricWords => {
  if (metric === 'throughputPps') return { noun: 'throughput', more: 'higher', less: 'lower' }
  if (metric === 'costNs') return { noun: costNoun, more: 'higher', less: 'lower' }
  if (metric === 'httpRps') return { noun: 'HTTP requests per second', more: 'higher', less: 'lower' }
  if (metric === 'lossRatio') return { noun: 'frame loss', more: 'higher', less: 'lower' }
  const [distribution = '', statistic = ''] = metric.split('.')
  const adjective = statisticAdjectives[statistic]
  if (adjective === undefined) return { noun: metric, more: 'higher', less: 'lower' }
  return { noun: `${adjective} ${distributionNoun(distribution)}`, more: 'longer', less: 'shorter' }
}

const shortDistributions: Readonly<Record<string, string>> = {
  rttNs: 'RTT',
  forwardNs: 'delay there',
  returnNs: 'delay back',
  pacedForwardNs: 'paced delay',
  httpLatencyNs: 'HTTP time',
}

/** What a metric is called where there is little room: `packets/s`, `p99 RTT`. */
export const shortNoun = (metric: string): string => {
  if (metric === 'throughputPps') return 'packets/s'
  if (metric === 'costNs') return 'sender CPU'
  if (metric === 'httpRps') return 'HTTP req/s'
  const [distribution = '', statistic = ''] = metric.split('.')
  const short = shortDistributions[distribution]
  return short === undefined ? metricWords(metric).noun : `${statistic} ${short}`
}

/** `more is better` or `less is better`. */
export const directionWords = (metric: string): string =>
  metricNamed(metric)?.better === 'higher' ? 'more is better' : 'less is better'
