/** The paired ratios in the order in which they were measured, and what disturbed the machine meanwhile. */
import { type Metric, metricsAmong } from '../../record/metrics.ts'
import type { BlockRecord, RunRecord } from '../../record/record.ts'
import { formatChange, formatCount, formatShare } from '../../words/numbers.ts'
import { metricWords } from '../../record/metric-words.ts'
import {
  chunks,
  meanSteal,
  medianRatio,
  pairedRatios,
  preemptionsByBlock,
  preemptionsIn,
  type Ratios,
} from './paired-blocks.ts'
import { hasManyPaths } from './many-paths.ts'
import { heldAgainst } from './yardstick.ts'
import type { PathStyle } from './path-style.ts'
import { headlineComparisonsOf, measuredPaths } from './selection.ts'
import { numberColumn, type TableView } from '../../page/table-view.ts'

export interface CoursePoint {
  /** DeviceUnderTest of the blocks it stands for, counted from 0. */
  readonly place: number
  readonly changePercent: number
}

export interface Disturbance {
  readonly place: number
  readonly stealPercent: number | null
  /** Involuntary context switches of the generator's threads. */
  readonly preemptions: number
}

export interface CourseView {
  readonly noun: string
  readonly inWords: string
  readonly series: readonly { readonly style: PathStyle; readonly points: readonly CoursePoint[] }[]
  readonly disturbances: readonly Disturbance[]
  /** Places at which a round begins. */
  readonly roundStarts: readonly number[]
  readonly blockCount: number
  /** Blocks that a point stands for: their median ratio, mean steal and summed preemptions. */
  readonly blocksPerPoint: number
  readonly table: TableView
}

/** Points of all paths together: as many as can be seen apart, and a page can carry. */
const mostPoints = 200

/** The first compared headline metric that has a value per block, and the rate of HTTP requests. */
const chartedMetrics = (record: RunRecord): Metric[] => {
  const compared = new Set(
    measuredPaths(record).flatMap(({ name }) =>
      headlineComparisonsOf(record, name).map(({ metric }) => metric),
    ),
  )
  return metricsAmong(compared)
    .filter(({ pairing }) => pairing === 'block')
    .filter(({ name }, index) => index === 0 || name === 'httpRps')
}

const roundTable = (
  noun: string,
  blocks: readonly BlockRecord[],
  series: readonly { style: PathStyle; ratios: Ratios }[],
  preemptions: ReadonlyMap<string, number>,
): TableView => ({
  caption: `Median change in ${noun} by round, and what disturbed it`,
  columns: [
    numberColumn('Round'),
    numberColumn('Blocks'),
    ...series.map(({ style }) => numberColumn(style.label)),
    numberColumn('Steal'),
    numberColumn('Preemptions'),
  ],
  rows: [...Map.groupBy(blocks, ({ round }) => round)].map(([round, members]) => {
    const steal = meanSteal(members)
    return [
      String(round + 1),
      String(members.length),
      ...series.map(({ ratios }) => {
        const ratio = medianRatio(members, ratios)
        return ratio === undefined ? 'none' : formatChange(ratio, 2)
      }),
      steal === null ? 'not known' : formatShare(steal),
      formatCount(preemptionsIn(members, preemptions)),
    ]
  }),
})

const findingOf = (noun: string, blocks: readonly BlockRecord[], paths: readonly string[]): string => {
  const most = Math.max(...blocks.map(({ stealShare }) => stealShare ?? 0))
  const isKnown = blocks.some(({ stealShare }) => stealShare !== null)
  const steal = isKnown
    ? `Steal reached ${formatShare(most)} of a block.`
    : 'The kernel does not report steal.'
  return `Change in ${noun} of ${paths.join(' and ')} in ${formatCount(blocks.length)} blocks. ${steal}`
}

const courseOf = (
  metric: Metric,
  baseline: string,
  record: RunRecord,
  styles: readonly PathStyle[],
): CourseView[] => {
  const blocks = record.blocks.filter(({ warmup }) => !warmup)
  const roles = hasManyPaths(record) ? (['control'] as const) : (['candidate', 'control'] as const)
  const shown = new Set(measuredPaths(record, ...roles).map(({ name }) => name))
  const series = styles
    .filter(({ name }) => shown.has(name))
    .map((style) => {
      const yardstick = heldAgainst(record, style.name) ?? baseline
      return { style, ratios: pairedRatios(record.trials, metric, style.name, yardstick) }
    })
    .filter(({ ratios }) => ratios.size > 0)
  if (blocks.length === 0 || series.length === 0) return []
  const blocksPerPoint = Math.ceil((blocks.length * series.length) / mostPoints)
  const bins = chunks(blocks, blocksPerPoint)
  const deviceUnderTestOf = (index: number): number =>
    index * blocksPerPoint + ((bins[index]?.length ?? 1) - 1) / 2
  const preemptions = preemptionsByBlock(record.trials)
  const { noun } = metricWords(metric.name)
  const names = series.map(({ style }) => style.label)
  return [
    {
      noun,
      inWords: findingOf(noun, blocks, names),
      series: series.map(({ style, ratios }) => ({
        style,
        points: bins.flatMap((bin, index) => {
          const ratio = medianRatio(bin, ratios)
          return ratio === undefined
            ? []
            : [{ place: deviceUnderTestOf(index), changePercent: (ratio - 1) * 100 }]
        }),
      })),
      disturbances: bins.map((bin, index) => {
        const steal = meanSteal(bin)
        return {
          place: deviceUnderTestOf(index),
          stealPercent: steal === null ? null : steal * 100,
          preemptions: preemptionsIn(bin, preemptions),
        }
      }),
      roundStarts: blocks.flatMap(({ round }, index) => (round === blocks[index - 1]?.round ? [] : [index])),
      blockCount: blocks.length,
      blocksPerPoint,
      table: roundTable(noun, blocks, series, preemptions),
    },
  ]
}

/** The course of the run's first headline metric, and of HTTP requests; none where nothing can be paired. */
export const courseViews = (record: RunRecord, styles: readonly PathStyle[]): CourseView[] => {
  const baseline = measuredPaths(record, 'baseline')[0]?.name
  return baseline === undefined
    ? []
    : chartedMetrics(record).flatMap((metric) => courseOf(metric, baseline, record, styles))
}
