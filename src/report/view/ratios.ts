/** Ratios to the baseline with their intervals: the rows of the forest plot. */
import type { Comparison, RunRecord, Verdict } from '../../record/record.ts'
import {
  formatChange,
  formatChangeRange,
  formatMargin,
  formatPValue,
  percentDigits,
} from '../../words/numbers.ts'
import { directionWords, metricWords } from '../../record/metric-words.ts'
import type { ColourName } from '../../page/palette.ts'
import type { PathStyle } from './path-style.ts'
import { reachOf } from './reach.ts'
import { verdictText } from '../../words/sentences.ts'
import { headlineComparisonsOf } from './selection.ts'
import { numberColumn, textColumn, type TableView } from '../../page/table-view.ts'

export interface RatioRow {
  readonly path: string
  /** The path's name with what it lost. */
  readonly label: string
  readonly colour: ColourName
  /** Changes to the baseline in percent. */
  readonly changePercent: number
  readonly lowPercent: number | null
  readonly highPercent: number | null
  /** The band of equivalence, in percent. */
  readonly bandLowPercent: number
  readonly bandHighPercent: number
  readonly verdict: Verdict
  readonly change: string
  /** `5.6 to 6.4 %`, empty where there is no interval. */
  readonly range: string
}

export interface RatioGroup {
  readonly noun: string
  readonly direction: string
  readonly rows: readonly RatioRow[]
}

export interface RatiosView {
  readonly groups: readonly RatioGroup[]
  /** What the axis shows, in percent; the floor and a wild tail may lie beyond it. */
  readonly domainPercent: readonly [number, number]
  readonly finding: string
  readonly table: TableView
}

const toPercent = (ratio: number): number => (ratio - 1) * 100

const rowOf = ({ ratio, margin, path, verdict }: Comparison, style: PathStyle): RatioRow => {
  const { estimate, low, high } = ratio
  const digits = percentDigits(low, high)
  return {
    path,
    label: style.label,
    colour: style.colour,
    changePercent: toPercent(estimate),
    lowPercent: low === null ? null : toPercent(low),
    highPercent: high === null ? null : toPercent(high),
    bandLowPercent: toPercent(1 / (1 + margin)),
    bandHighPercent: toPercent(1 + margin),
    verdict,
    change: formatChange(estimate, digits),
    range: low === null || high === null ? '' : formatChangeRange(low, high, digits),
  }
}

const endsOf = ({ rows }: RatioGroup, floors: ReadonlySet<string>): number[] =>
  rows
    .filter(({ path }) => !floors.has(path))
    .flatMap(({ lowPercent, highPercent, changePercent, bandLowPercent, bandHighPercent }) => [
      lowPercent ?? changePercent,
      highPercent ?? changePercent,
      bandLowPercent * 1.5,
      bandHighPercent * 1.5,
    ])

/** The axis is made for candidates and controls: the floor, far off, would squeeze what matters. */
const domainOf = (groups: readonly RatioGroup[], floors: ReadonlySet<string>): readonly [number, number] => {
  const ends = groups.map((group) => endsOf(group, floors)).filter(({ length }) => length > 0)
  if (ends.length === 0) return [-1, 1]
  const reach = reachOf(ends.map((each) => Math.max(...each.map(Math.abs))))
  const low = Math.max(-reach, Math.min(...ends.flat()))
  const high = Math.min(reach, Math.max(...ends.flat()))
  const space = (high - low) * 0.04
  return [Math.max(-100, low - space), high + space]
}

/** Rows of every headline metric: candidates, then control, then floor, as the record orders them. */
export const ratiosView = (record: RunRecord, styles: readonly PathStyle[]): RatiosView => {
  const compared = styles.flatMap((style) =>
    headlineComparisonsOf(record, style.name).map((comparison) => ({ comparison, style })),
  )
  const byMetric = Map.groupBy(compared, ({ comparison }) => comparison.metric)
  const groups = [...byMetric].map(([metric, rows]) => ({
    noun: metricWords(metric).noun,
    direction: directionWords(metric),
    rows: rows.map(({ comparison, style }) => rowOf(comparison, style)),
  }))
  const floors = new Set(styles.filter(({ role }) => role === 'floor').map(({ name }) => name))
  const lead = groups[0]
  const leadRows = lead?.rows.map(({ label, change, range }) => `${label} ${change}${range && ` (${range})`}`)
  return {
    groups,
    domainPercent: domainOf(groups, floors),
    finding: lead
      ? `Change to the baseline in ${lead.noun}: ${leadRows?.join('; ')}. ${groups.length} metrics are shown.`
      : 'No path could be compared with the baseline.',
    table: {
      caption: 'Headline metrics as change to the baseline, with 95 % interval',
      columns: [
        textColumn('Metric'),
        textColumn('Path'),
        numberColumn('Change'),
        numberColumn('Interval'),
        numberColumn('p, corrected'),
        numberColumn('Margin'),
        textColumn('Verdict'),
      ],
      rows: [...byMetric].flatMap(([metric, rows]) =>
        rows.map(({ comparison, style }) => {
          const { change, range } = rowOf(comparison, style)
          const p = formatPValue(comparison.adjustedPValue)
          return [
            metricWords(metric).noun,
            style.label,
            change,
            range || 'none',
            p,
            formatMargin(comparison.margin),
            verdictText(comparison),
          ]
        }),
      ),
    },
  }
}
