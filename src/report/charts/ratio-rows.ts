/** Ratios to the baseline with their intervals: points, whiskers and the band of equivalence. */
import type { Html } from '../../page/escape.ts'
import { colour } from '../../page/palette.ts'
import type { RowAxis } from '../../page/row-axis.ts'
import { drawnRatio, renderRows, type ChartRow } from '../../page/row-chart.ts'
import type { RatioGroup, RatioRow } from '../view/ratios.ts'

const isClear = ({ verdict }: RatioRow): boolean => verdict === 'faster' || verdict === 'slower'

const chartRow = (row: RatioRow, axis: RowAxis): ChartRow => ({
  name: row.path,
  drawing: drawnRatio(axis, { ...row, paint: colour(row.colour), isFilled: isClear(row) }),
  value: row.change,
  range: row.range,
  hint: `${row.label}: ${row.change}${row.range && `, 95 %: ${row.range}`}; ${row.verdict}`,
})

/** The rows of one metric. */
export const ratioRows = ({ rows, axis }: RatioGroup): Html =>
  renderRows(
    rows.map((row) => chartRow(row, axis)),
    axis,
  )
