/** What every path did in every block, and in every round: the values behind the figures. Pure. */
import { namedFigure } from '../parts/loads/trial-name.ts'
import { isTrialOf, type Metric, metricsOf } from '../record/metrics.ts'
import type { RoundRecord, RunRecord, TrialDistribution } from '../record/record.ts'
import { isSound } from '../record/soundness.ts'
import { trialValue } from '../record/trial-value.ts'
import { type FigureKind, isWantedMetric, type Selection, wantedPaths } from './figures.ts'
import { type GoUnit, goUnit } from './go-units.ts'

/** The values of one path in one block or round. */
export interface Repetition {
  readonly path: string
  readonly values: readonly { readonly value: number; readonly unit: GoUnit }[]
}

/** The values of one path in one block or round, by metric. */
interface Values {
  readonly path: string
  readonly place: string
  readonly byMetric: ReadonlyMap<Metric, number>
}

/**
 * Path by path in the record's order; warm-up is left out. A ratio is that of the path to the baseline in the
 * same block or round. Metrics that are taken from whole rounds have repetitions of their own.
 */
export function repetitionsOf(record: RunRecord, selection: Selection): Repetition[] {
  const wanted = metricsOf(record.settings.trials).filter(({ name }) =>
    isWantedMetric(record, name, selection),
  )
  const values = [...blockValues(record, wanted), ...roundValues(record, wanted)]
  const baseline = record.paths.find((path) => path.role === 'baseline' && isSound(record, path))?.name
  const yardsticks = new Map(
    values.filter(({ path }) => path === baseline).map(({ place, byMetric }) => [place, byMetric]),
  )
  return wantedPaths(record, selection)
    .flatMap(({ name }) => values.filter(({ path }) => path === name))
    .map(({ path, place, byMetric }) => ({
      path,
      values: [...byMetric].flatMap(([metric, value]) => {
        const yardstick = path === baseline ? undefined : yardsticks.get(place)?.get(metric)
        return pairOf(metric, value, yardstick, selection.only)
      }),
    }))
    .filter((one) => one.values.length > 0)
}

/** A value, and its ratio to the baseline's where there is one. */
function pairOf(
  metric: Metric,
  value: number,
  yardstick: number | undefined,
  only: FigureKind | undefined,
): Repetition['values'] {
  const ratio = yardstick === undefined ? NaN : value / yardstick
  return [
    ...(only === 'absolute' ? [] : [{ value: ratio, unit: goUnit(metric, true) }]),
    ...(only === 'ratio' ? [] : [{ value, unit: goUnit(metric, false) }]),
  ].filter((one) => Number.isFinite(one.value))
}

function blockValues({ trials }: RunRecord, wanted: readonly Metric[]): Values[] {
  const ofBlocks = wanted.filter(({ pairing }) => pairing === 'block')
  const blocks = Map.groupBy(
    trials.filter(({ warmup }) => !warmup),
    ({ round, block, path }) => `${round} ${block} ${path}`,
  )
  return [...blocks.values()].flatMap((own) => {
    const [first] = own
    if (first === undefined) return []
    const { path, round, block } = first
    const found = ofBlocks.flatMap((metric) => {
      const trial = own.find((one) => isTrialOf(one, metric))
      const value = trial === undefined ? undefined : trialValue(trial, metric)
      return value === undefined ? [] : [[metric, value] as const]
    })
    return [{ path, place: `block ${round} ${block}`, byMetric: new Map(found) }]
  })
}

function roundValues({ rounds }: RunRecord, wanted: readonly Metric[]): Values[] {
  const ofRounds = wanted.filter(({ pairing }) => pairing === 'round')
  return rounds.map((round) => ({
    path: round.path,
    place: `round ${round.round}`,
    byMetric: new Map(
      ofRounds.flatMap((metric) => {
        const value = roundValue(round, metric)
        return value === undefined ? [] : [[metric, value] as const]
      }),
    ),
  }))
}

function roundValue({ distributions }: RoundRecord, { plain, trial }: Metric): number | undefined {
  const [distribution, statistic] = plain.split('.') as [string, keyof TrialDistribution]
  return distributions[namedFigure(distribution, trial)]?.[statistic]
}
