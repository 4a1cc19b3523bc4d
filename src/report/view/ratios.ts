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
import { axisSpanOf } from './axis-span.ts'
import { verdictText } from '../../words/sentences.ts'
import { headlineComparisonsOf } from './selection.ts'
import { type RowAxis, rowAxis, spansDecade } from '../../page/row-axis.ts'
import { signedLabel } from '../../page/theme.ts'
import { linearTicks } from '../../page/ticks.ts'
import { numberColumn, textColumn, type TableView } from '../../page/table-view.ts'

export interface RatioRow {
  readonly path: string
  /** The path's name with what it lost. */
  readonly label: string
  readonly colour: ColourName
  readonly ratio: { readonly estimate: number; readonly low: number | null; readonly high: number | null }
  /** Ratios between which the path counts as equivalent. */
  readonly band: { readonly low: number; readonly high: number }
  readonly verdict: Verdict
  readonly change: string
  /** `5.6 to 6.4 %`, empty where there is no interval. */
  readonly range: string
}

export interface RatioGroup {
  readonly noun: string
  readonly direction: string
  readonly rows: readonly RatioRow[]
  /** Of ratios; the floor and a wild tail may lie beyond it. */
  readonly axis: RowAxis
}

export interface RatiosView {
  readonly groups: readonly RatioGroup[]
  readonly inWords: string
  readonly table: TableView
}

type Rows = readonly RatioRow[]

const rowOf = ({ ratio, margin, path, verdict }: Comparison, style: PathStyle): RatioRow => {
  const { estimate, low, high } = ratio
  const digits = percentDigits(low, high)
  return {
    path,
    label: style.label,
    colour: style.colour,
    ratio: { estimate, low, high },
    band: { low: 1 / (1 + margin), high: 1 + margin },
    verdict,
    change: formatChange(estimate, digits),
    range: low === null || high === null ? '' : formatChangeRange(low, high, digits),
  }
}

/** Ends of intervals and, with some air, of bands. */
const endsOf = ({ ratio: { estimate, low, high }, band }: RatioRow): number[] => [
  low ?? estimate,
  high ?? estimate,
  1 + (band.low - 1) * 1.5,
  1 + (band.high - 1) * 1.5,
]

/** With marks at round changes, not at round ratios. */
const changeAxis = (low: number, high: number): RowAxis => ({
  low,
  high,
  isLog: false,
  ticks: linearTicks((low - 1) * 100, (high - 1) * 100, 5).map((percent) => ({
    at: 1 + percent / 100,
    label: signedLabel(percent),
  })),
  title: 'change to the baseline, %',
})

/** In percent, or from a decade on in multiples of the baseline. */
const axisOf = (groups: readonly Rows[], isLog: boolean): RowAxis => {
  const ends = groups.map((rows) => rows.flatMap(endsOf)).filter(({ length }) => length > 0)
  if (ends.length === 0) return changeAxis(0.99, 1.01)
  const [least, most] = [Math.min(...ends.flat()), Math.max(...ends.flat())]
  if (isLog) {
    const label = (ratio: number): string => `×${String(ratio)}`
    return rowAxis(Math.max(least, 1e-4) / 1.1, most * 1.1, { label, title: 'of the baseline' }, true)
  }
  const span = axisSpanOf(ends.map((each) => Math.max(...each.map((end) => Math.abs(end - 1)))))
  const [low, high] = [Math.max(1 - span, least), Math.min(1 + span, most)]
  const space = (high - low) * 0.04
  return changeAxis(Math.max(0, low - space), high + space)
}

/** The axis is made for candidates and controls: the floor, far off, would squeeze what matters. */
const withoutFloors = (rows: Rows, floors: ReadonlySet<string>): Rows =>
  rows.filter(({ path }) => !floors.has(path))

const isWide = (rows: Rows): boolean => {
  const ratios = rows.map(({ ratio }) => ratio.estimate)
  return ratios.length > 0 && spansDecade(Math.min(1, ...ratios), Math.max(1, ...ratios))
}

/** One axis for all metrics, so that they can be compared; where any of them spans a decade, one for each. */
const withAxes = (
  groups: readonly Omit<RatioGroup, 'axis'>[],
  floors: ReadonlySet<string>,
  isMany: boolean,
): RatioGroup[] => {
  const shown = groups.map(({ rows }) => withoutFloors(rows, floors))
  const isShared = !isMany && !shown.some(isWide)
  const shared = axisOf(shown, false)
  return groups.map((group, index) => {
    const own = shown[index] ?? []
    return { ...group, axis: isShared ? shared : axisOf([own], isWide(own)) }
  })
}

/** Rows of every headline metric: candidates, then control, then floor, as the record orders them. */
export const ratiosView = (record: RunRecord, styles: readonly PathStyle[], isMany = false): RatiosView => {
  const compared = styles.flatMap((style) =>
    headlineComparisonsOf(record, style.name).map((comparison) => ({ comparison, style })),
  )
  const byMetric = Map.groupBy(compared, ({ comparison }) => comparison.metric)
  const ungauged = [...byMetric].map(([metric, rows]) => ({
    noun: metricWords(metric).noun,
    direction: directionWords(metric),
    rows: rows.map(({ comparison, style }) => rowOf(comparison, style)),
  }))
  const floors = new Set(styles.filter(({ role }) => role === 'floor').map(({ name }) => name))
  const groups = withAxes(ungauged, floors, isMany)
  const lead = groups[0]
  const leadRows = lead?.rows.map(({ label, change, range }) => `${label} ${change}${range && ` (${range})`}`)
  return {
    groups,
    inWords: lead
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
