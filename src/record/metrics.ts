/**
 * The metrics of a run: one table that every station reads, made from the catalogue, so that a name, a unit and a
 * direction are written once.
 */
import { namedFigure, splitFigure, type TrialName } from '../parts/loads/trial-name.ts'
import { type MetricWords, type Pairing, statistics } from '../parts/metrics/metric.ts'
import { amounts, comparedDistributions } from '../parts/metrics/metrics.ts'
import type { Unit } from '../parts/metrics/units.ts'
import type { Direction } from '../stats/estimate.ts'

export interface Metric extends MetricWords {
  /** The name used in C, JSON, CSV and TypeScript alike; the unit is part of it. */
  readonly name: string
  /** The same without the name of a trial: where several of a kind have one, figures have it behind `@`. */
  readonly plain: string
  /** That of its trial, if it has one. */
  readonly trial?: string
  readonly unit: Unit
  readonly better: Direction
  /** Kind of trial it comes from. */
  readonly load: string
  /**
   * `block`: one value per trial. `round`: one value per round, from that round's merged histogram,
   * for quantiles too far out for the packets of one trial.
   */
  readonly pairing: Pairing
  /** Headline metrics get a sentence, and enter the Holm correction. */
  readonly headline: boolean
  /** Whether it is CPU time of the sender's thread. */
  readonly isOfSender?: true
  /** What it is, in words that a reader of the report understands. */
  readonly title: string
  /** What it is called where there is little room. */
  readonly short: string
}

/** Every metric of trials without a name, in the order in which tables and reports show them. */
export const metrics: readonly Metric[] = [
  ...amounts.map((amount): Metric => ({ ...amount, plain: amount.name, pairing: 'block' })),
  ...comparedDistributions.flatMap((distribution) =>
    statistics.map(({ suffix, pairing, title, adjective }): Metric => ({
      name: `${distribution.name}.${suffix}`,
      plain: `${distribution.name}.${suffix}`,
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

/** The same metric of a trial that has this name. */
function ofTrial(metric: Metric, trial: string | undefined): Metric {
  if (trial === undefined) return metric
  const { does } = metric
  return {
    ...metric,
    ...{ trial, name: namedFigure(metric.name, trial), title: `${metric.title}, in trials ${trial}` },
    ...{ noun: `${metric.noun} (${trial})`, short: `${metric.short} (${trial})` },
    ...(does === undefined ? {} : { does: { ...does, what: `${does.what} (${trial})` } }),
  }
}

/** The metric called `name`, or undefined. */
export function metricNamed(name: string): Metric | undefined {
  const { plain, trial } = splitFigure(name)
  const metric = byName.get(plain)
  return metric && ofTrial(metric, trial)
}

/** Every metric of a run with these trials, in the order of tables; of one metric, in the order of the trials. */
export const metricsOf = (trials: readonly TrialName[]): Metric[] =>
  metrics.flatMap((metric) =>
    trials.filter(({ kind }) => kind === metric.load).map(({ name }) => ofTrial(metric, name)),
  )

/** Those of the metrics that are called so, in the order of tables; of one metric, in that of their names. */
export function metricsAmong(names: Iterable<string>): Metric[] {
  const named = Map.groupBy(new Set(names), (name) => splitFigure(name).plain)
  return metrics.flatMap((metric) =>
    (named.get(metric.name) ?? []).map((name) => ofTrial(metric, splitFigure(name).trial)),
  )
}

const places = new Map(metrics.map(({ name }, index) => [name, index]))
const placeOf = (name: string): number => places.get(splitFigure(name).plain) ?? metrics.length

/** In the order of tables; those that are not known last, and equals as they stand. */
export const byMetric = (one: { readonly metric: string }, other: { readonly metric: string }): number =>
  placeOf(one.metric) - placeOf(other.metric)

/** Whether a trial is of those that a metric comes from. */
export const isTrialOf = (trial: TrialName, metric: Pick<Metric, 'load' | 'trial'>): boolean =>
  trial.kind === metric.load && trial.name === metric.trial
