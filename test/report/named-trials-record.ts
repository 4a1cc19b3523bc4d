/** A made-up run whose load has two floods and two ping-pongs, which are told apart by their names. */
import { namedFigure } from '../../src/parts/loads/trial-name.ts'
import { distributions } from '../../src/parts/metrics/metrics.ts'
import { metricNamed } from '../../src/record/metrics.ts'
import type { RunRecord } from '../../src/record/record.ts'
import { sampleRecord } from './sample-record.ts'

export const names = ['small', 'large'] as const
const kinds = new Set<string | undefined>(['flood', 'pingpong'])

/** What trials `large` take, beside those that are `small`. */
const factorOf = { small: 1, large: 2 } as const

/** One for each name, of what comes from trials that have one. */
const each = <Value>(
  kind: string | undefined,
  value: Value,
  named: (name: (typeof names)[number]) => Value,
): Value[] => (kinds.has(kind) ? names.map(named) : [value])

const loadOf = (figure: string): string | undefined =>
  metricNamed(figure)?.load ?? distributions.find(({ name }) => name === figure)?.load

/** The sample record; of a flood or a ping-pong `large`, levels are twice those of `small`, and ratios the same. */
export function namedTrialsRecord(): RunRecord {
  const record = sampleRecord()
  return {
    ...record,
    settings: {
      ...record.settings,
      trials: record.settings.trials.flatMap((trial) =>
        each(trial.kind, trial, (name) => ({ ...trial, name, payloadBytes: 64 * factorOf[name] })),
      ),
    },
    trials: record.trials.flatMap((trial) =>
      each(trial.kind, trial, (name) => ({
        ...trial,
        name,
        ...(trial.throughputPps === undefined ? {} : { throughputPps: trial.throughputPps * factorOf[name] }),
      })),
    ),
    estimates: record.estimates.flatMap((one) =>
      each(loadOf(one.metric), one, (name) => ({
        ...one,
        metric: namedFigure(one.metric, name),
        estimate: one.estimate * factorOf[name],
      })),
    ),
    comparisons: record.comparisons.flatMap((one) =>
      each(loadOf(one.metric), one, (name) => ({ ...one, metric: namedFigure(one.metric, name) })),
    ),
    derived: {
      ...record.derived,
      routerCost: record.derived.routerCost.flatMap((cost) =>
        names.map((trial) => ({ ...cost, trial, estimate: cost.estimate * factorOf[trial] })),
      ),
      floodLimit: record.derived.floodLimit.flatMap((limit) => names.map((trial) => ({ ...limit, trial }))),
    },
    paths: record.paths.map((path) => ({
      ...path,
      distributions: path.distributions.flatMap((one) =>
        each(loadOf(one.name), one, (name) => ({ ...one, name: namedFigure(one.name, name) })),
      ),
    })),
  }
}
