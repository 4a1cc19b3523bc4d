/** Latency distributions: curves for the charts and percentiles for the tables. */
import { loadOf } from '../../parts/loads/loads.ts'
import { namedFigure } from '../../parts/loads/trial-name.ts'
import { comparedDistributions } from '../../parts/metrics/metrics.ts'
import type { Distribution, RunRecord } from '../../record/record.ts'
import { markedName } from '../../words/delivery-words.ts'
import { capitalised, formatCount, formatDuration } from '../../words/numbers.ts'
import { distributionNoun } from '../../record/metric-words.ts'
import type { PathStyle } from './path-style.ts'
import { measuredPaths } from './selection.ts'
import { numberColumn, textColumn, type Column, type TableView } from '../../page/table-view.ts'

export interface CurvePoint {
  readonly latencyNs: number
  /** −log10(1 − quantile): 1 at the 90th percentile, 2 at the 99th, 3 at the 99.9th. */
  readonly nines: number
}

export interface Curve {
  readonly style: PathStyle
  readonly points: readonly CurvePoint[]
}

export interface Percentiles {
  readonly style: PathStyle
  /** The median, and the 90th, 99th and 99.9th percentile, ns. */
  readonly latencies: readonly number[]
}

export interface CurvesView {
  readonly name: string
  readonly title: string
  readonly inWords: string
  readonly curves: readonly Curve[]
  /** The same, as far as a row per path shows it. */
  readonly percentiles: readonly Percentiles[]
  readonly table: TableView
}

/** Packets before requests, and of each what headlines are of first. */
const placeOf = ({ load, headline }: (typeof comparedDistributions)[number]): number =>
  (loadOf(load).counted === 'packets' ? 0 : 2) + (headline.length > 0 ? 0 : 1)

const charted = comparedDistributions.toSorted((a, b) => placeOf(a) - placeOf(b))

const mostPointsPerCurve = 100
const mostPointsPerChart = 400

/** Beyond this quantile fewer packets or requests lie than a percentile can rest on. */
const packetsBeyondEnd = 10

const tabulated = [
  { title: 'Median', quantile: 0.5 },
  { title: '90 %', quantile: 0.9 },
  { title: '99 %', quantile: 0.99 },
  { title: '99.9 %', quantile: 0.999 },
] as const

/** The index of the first of rising quantiles that is not below `quantile`; their count where none is. */
const firstFrom = (quantiles: Distribution['quantiles'], quantile: number): number => {
  let [low, high] = [0, quantiles.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((quantiles[middle]?.[0] ?? 0) < quantile) low = middle + 1
    else high = middle
  }
  return low
}

/** The value at `quantile`, linear between recorded points; undefined without any. */
const valueAt = ({ quantiles }: Distribution, quantile: number): number | undefined => {
  const index = firstFrom(quantiles, quantile)
  if (index === quantiles.length) return quantiles.at(-1)?.[1]
  const [at, valueNs] = quantiles[index] ?? [0, 0]
  const [before, beforeNs] = quantiles[index - 1] ?? [at, valueNs]
  return at === before ? valueNs : beforeNs + ((valueNs - beforeNs) * (quantile - before)) / (at - before)
}

/** Points at equal steps of `nines`, up to where `packetsBeyondEnd` packets lie beyond. */
const curvePoints = (distribution: Distribution, pointCount: number): CurvePoint[] => {
  const last = Math.log10(distribution.count / packetsBeyondEnd)
  if (!(last > 0)) return []
  return Array.from({ length: pointCount }, (_, index) => {
    const nines = (last * index) / (pointCount - 1)
    return { nines, latencyNs: valueAt(distribution, 1 - 10 ** -nines) ?? 0 }
  }).filter(({ latencyNs }) => latencyNs > 0)
}

const percentileColumns = (counted: string): Column[] => [
  numberColumn(counted),
  numberColumn('Least'),
  ...tabulated.map(({ title }) => numberColumn(title)),
  numberColumn('Most'),
  numberColumn('Mean'),
]

const percentileCells = (distribution: Distribution): string[] => [
  formatCount(distribution.count),
  ...[
    distribution.minNs,
    ...tabulated.map(({ quantile }) => valueAt(distribution, quantile) ?? 0),
    distribution.maxNs,
    distribution.meanNs,
  ].map(formatDuration),
]

const curvesOf = (
  { load, ...distribution }: (typeof charted)[number],
  trial: string | undefined,
  record: RunRecord,
  styles: readonly PathStyle[],
): CurvesView[] => {
  const name = namedFigure(distribution.name, trial)
  const paths = new Map(measuredPaths(record).map((path) => [path.name, path]))
  const measured = styles.flatMap((style) => {
    const found = paths.get(style.name)?.distributions.find((each) => each.name === name)
    return found && found.count > 0 ? [{ distribution: found, style }] : []
  })
  const pointCount = Math.min(mostPointsPerCurve, Math.floor(mostPointsPerChart / measured.length))
  const curves = measured
    .map(({ distribution, style }) => ({ style, points: curvePoints(distribution, pointCount) }))
    .filter(({ points }) => points.length > 1)
  if (curves.length === 0) return []
  const noun = distributionNoun(name)
  const { counted } = loadOf(load)
  const medians = measured.map(({ distribution: found, style }) => {
    const [median = 0, tail = 0] = [0.5, 0.99].map((quantile) => valueAt(found, quantile))
    return `${style.label} ${formatDuration(median)} and ${formatDuration(tail)}`
  })
  return [
    {
      name,
      title: capitalised(noun),
      inWords: `Percentile curves of ${noun}. Median and 99th percentile: ${medians.join('; ')}.`,
      curves,
      percentiles: measured.map(({ distribution: found, style }) => ({
        style,
        latencies: tabulated.map(({ quantile }) => valueAt(found, quantile) ?? 0),
      })),
      table: {
        caption: `Percentiles of ${noun}, all ${counted} of the run together`,
        columns: [textColumn('Path'), ...percentileColumns(capitalised(counted))],
        rows: measured.map(({ distribution: found, style }) => [style.label, ...percentileCells(found)]),
      },
    },
  ]
}

/** One set of curves for each latency distribution that was measured. */
export const curvesViews = (record: RunRecord, styles: readonly PathStyle[]): CurvesView[] =>
  charted.flatMap((distribution) =>
    record.settings.trials
      .filter(({ kind }) => kind === distribution.load)
      .flatMap(({ name }) => curvesOf(distribution, name, record, styles)),
  )

/** Every recorded distribution of each measured path, also those without a chart. */
export const percentileTables = (record: RunRecord): TableView[] =>
  measuredPaths(record).flatMap(({ name, distributions }) =>
    distributions.length === 0
      ? []
      : [
          {
            caption: `Percentiles of ${markedName(record, name)}`,
            columns: [textColumn('Distribution'), ...percentileColumns('Values')],
            rows: distributions.map((each) => [distributionNoun(each.name), ...percentileCells(each)]),
          },
        ],
  )
