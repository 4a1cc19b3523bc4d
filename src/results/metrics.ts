/**
 * The metrics of a run: one table that every station reads, so that a name, a unit and a
 * direction are written once.
 */

/** The kinds of trial. */
export const trialKinds = ['flood', 'pingpong', 'paced', 'http'] as const

export type TrialKind = (typeof trialKinds)[number]

/** Which way a metric gets better. */
export type Direction = 'higher' | 'lower'

/** What a metric's value is computed from, and so what is paired between two paths. */
export type Pairing = 'block' | 'round'

export interface Metric {
  /** The name used in C, JSON, CSV and TypeScript alike; the unit is part of it. */
  readonly name: string
  readonly unit: 'pps' | 'rps' | 'ns' | 'ratio'
  readonly better: Direction
  /** Kind of trial it comes from. */
  readonly load: TrialKind
  /**
   * `block`: one value a trial. `round`: one value a round, from that round's merged histogram,
   * for quantiles too far out for the packets of one trial.
   */
  readonly pairing: Pairing
  /** Headline metrics get a sentence, and enter the Holm correction. */
  readonly headline: boolean
  /** What it is, in words that a reader of the report understands. */
  readonly title: string
}

/** The latency distributions that trials record. */
export const distributions = {
  rttNs: { load: 'pingpong', title: 'round-trip time, one packet in flight' },
  forwardNs: { load: 'pingpong', title: 'one-way delay to the server, one packet in flight' },
  returnNs: { load: 'pingpong', title: 'one-way delay back to the client, one packet in flight' },
  pacedForwardNs: { load: 'paced', title: 'one-way delay under paced load, from the scheduled time' },
  httpLatencyNs: { load: 'http', title: 'time from an HTTP request to its whole answer' },
} as const

export type DistributionName = keyof typeof distributions

/** Suffix, quantile and pairing of the statistics taken from each distribution. */
export const statistics = [
  { suffix: 'p50', quantile: 0.5, pairing: 'block', title: 'median' },
  { suffix: 'p90', quantile: 0.9, pairing: 'block', title: '90th percentile' },
  { suffix: 'p99', quantile: 0.99, pairing: 'block', title: '99th percentile' },
  { suffix: 'p999', quantile: 0.999, pairing: 'round', title: '99.9th percentile' },
  { suffix: 'max', quantile: 1, pairing: 'round', title: 'maximum' },
  { suffix: 'mean', quantile: undefined, pairing: 'block', title: 'mean' },
] as const

/**
 * Of a paced load the 90th percentile, not the 99th. A trial's 250 packets have two or three beyond their 99th,
 * which the machine's own interruptions put anywhere: in the sample run the quartiles of a trial's 99th were 8 and
 * 28 µs where nothing preempted either thread, so that leaving out preempted trials does not help. In recorded runs
 * of the default length its ratio was known to ±14 to ±18 % (test/benchmarks/false-verdicts.ts). In the sample's 39
 * blocks, an eighth of a default run's, the 90th was known to ±4.6 %, the 99th to ±42 %.
 */
const headlineDistributionMetrics = new Set([
  'rttNs.p50',
  'rttNs.p99',
  'pacedForwardNs.p50',
  'pacedForwardNs.p90',
  'httpLatencyNs.p50',
  'httpLatencyNs.p99',
])

/** Every metric of a run, in the order in which tables and reports show them. */
export const metrics: readonly Metric[] = [
  {
    name: 'throughputPps',
    unit: 'pps',
    better: 'higher',
    load: 'flood',
    pairing: 'block',
    headline: true,
    title:
      'throughput, packets delivered per second until the last delivery or the last send, whichever is later',
  },
  {
    name: 'costNs',
    unit: 'ns',
    better: 'lower',
    load: 'flood',
    pairing: 'block',
    headline: true,
    title: "cost, the sender thread's CPU time per packet delivered",
  },
  {
    name: 'lossRatio',
    unit: 'ratio',
    better: 'lower',
    load: 'flood',
    pairing: 'block',
    headline: false,
    title: 'frame loss, lost / accepted packets',
  },
  {
    name: 'httpRps',
    unit: 'rps',
    better: 'higher',
    load: 'http',
    pairing: 'block',
    headline: true,
    title: 'HTTP requests answered per second',
  },
  ...(Object.keys(distributions) as DistributionName[]).flatMap((distribution) =>
    statistics.map(({ suffix, pairing, title }) => ({
      name: `${distribution}.${suffix}`,
      unit: 'ns' as const,
      better: 'lower' as const,
      load: distributions[distribution].load,
      pairing,
      headline: headlineDistributionMetrics.has(`${distribution}.${suffix}`),
      title: `${title} of ${distributions[distribution].title}`,
    })),
  ),
]

/** The metric called `name`, or undefined. */
export const metricNamed = (name: string): Metric | undefined =>
  metrics.find((metric) => metric.name === name)
