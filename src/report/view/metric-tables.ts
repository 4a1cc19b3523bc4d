/** Every estimate and every ratio of the record, as tables. */
import type { RunRecord } from '../../record/record.ts'
import {
  formatChange,
  formatChangeRange,
  formatCount,
  formatInterval,
  formatMargin,
  formatPValue,
  percentDigits,
} from '../../words/numbers.ts'
import { markedName } from '../../words/delivery-words.ts'
import { verdictText } from '../../words/sentences.ts'
import { comparisonsOf, estimatesOf } from './selection.ts'
import { heldApart } from './yardstick.ts'
import { numberColumn, textColumn, type TableView } from '../../page/table-view.ts'

/** Each path's own value of each metric. */
export const estimatesTable = (record: RunRecord): TableView => ({
  caption: 'Estimates: each path by itself. Levels move with the machine; ratios hold.',
  columns: [
    textColumn('Metric'),
    textColumn('Path'),
    numberColumn('Estimate'),
    numberColumn('95 % interval'),
    numberColumn('Values'),
  ],
  rows: record.paths.flatMap(({ name }) =>
    estimatesOf(record, name).map(({ metric, unit, estimate, low, high, n }) => {
      const { value, range } = formatInterval(unit, { estimate, low, high })
      return [metric, markedName(record, name), value, range ?? 'none', formatCount(n)]
    }),
  ),
})

/** Each path against the baseline in each metric, or against what it is held against. */
export const ratiosTable = (record: RunRecord): TableView => ({
  caption: 'Ratios to the baseline, as change in percent',
  columns: [
    textColumn('Metric'),
    textColumn('Path'),
    ...(heldApart(record).length > 0 ? [textColumn('Against')] : []),
    numberColumn('Change'),
    numberColumn('Interval'),
    numberColumn('Pairs'),
    numberColumn('p'),
    numberColumn('p, corrected'),
    numberColumn('Margin'),
    textColumn('Verdict'),
  ],
  rows: record.paths.flatMap(({ name }) =>
    comparisonsOf(record, name).map((comparison) => {
      const { metric, ratio, pValue, adjustedPValue, margin } = comparison
      const { estimate, low, high, n } = ratio
      const digits = percentDigits(low, high)
      return [
        metric,
        markedName(record, name),
        ...(heldApart(record).length > 0 ? [comparison.baseline] : []),
        formatChange(estimate, digits),
        low === null || high === null ? 'none' : formatChangeRange(low, high, digits),
        formatCount(n),
        formatPValue(pValue),
        formatPValue(adjustedPValue),
        formatMargin(margin),
        verdictText(comparison),
      ]
    }),
  ),
})
