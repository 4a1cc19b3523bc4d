/**
 * The metrics of a run: one table that every station reads, made from the catalogue, so that a name, a unit and a
 * direction are written once.
 */
import { type MetricWords, type Pairing, statistics } from '../parts/metrics/metric.ts'
import { amounts, comparedDistributions } from '../parts/metrics/metrics.ts'
import type { Unit } from '../parts/metrics/units.ts'
import type { Direction } from '../stats/estimate.ts'

export interface Metric extends MetricWords {
  /** The name used in C, JSON, CSV and TypeScript alike; the unit is part of it. */
  readonly name: string
  readonly unit: Unit
  readonly better: Direction
  /** Kind of trial it comes from. */
  readonly load: string
  /**
   * `block`: one value a trial. `round`: one value a round, from that round's merged histogram,
   * for quantiles too far out for the packets of one trial.
   */
  readonly pairing: Pairing
  /** Headline metrics get a sentence, and enter the Holm correction. */
  readonly headline: boolean
  /** What it is, in words that a reader of the report understands. */
  readonly title: string
  /** What it is called where there is little room. */
  readonly short: string
}

/** Every metric of a run, in the order in which tables and reports show them. */
export const metrics: readonly Metric[] = [
  ...amounts.map((amount): Metric => ({ ...amount, pairing: 'block' })),
  ...comparedDistributions.flatMap((distribution) =>
    statistics.map(({ suffix, pairing, title, adjective }): Metric => ({
      name: `${distribution.name}.${suffix}`,
      unit: 'ns',
      better: 'lower',
      load: distribution.load,
      pairing,
      headline: distribution.headline.includes(suffix),
      title: `${title} of ${distribution.title}`,
      noun: `${adjective} ${distribution.noun}`,
      more: 'longer',
      less: 'shorter',
      short: `${suffix} ${distribution.short ?? distribution.noun}`,
    })),
  ),
]

const byName = new Map(metrics.map((metric) => [metric.name, metric]))

/** The metric called `name`, or undefined. */
export const metricNamed = (name: string): Metric | undefined => byName.get(name)
