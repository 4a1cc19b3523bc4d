/** Ratios to the baseline with their intervals: points, whiskers and the band of equivalence. */
import { markup, type Html } from '../../page/escape.ts'
import { colour } from '../../page/palette.ts'
import type { RowAxis } from '../../page/row-axis.ts'
import {
  drawnBand,
  drawnInterval,
  drawnPoint,
  drawnReference,
  renderRows,
  type ChartRow,
} from '../../page/row-chart.ts'
import type { RatioGroup, RatioRow } from '../view/ratios.ts'

const isClear = ({ verdict }: RatioRow): boolean => verdict === 'faster' || verdict === 'slower'

const drawing = (row: RatioRow, axis: RowAxis): Html => {
  const paint = colour(row.colour)
  const { estimate, low, high } = row.ratio
  return markup`${drawnBand(axis, row.band.low, row.band.high)}${drawnReference(axis, 1)}${low !== null && high !== null ? drawnInterval(axis, low, high, paint) : undefined}${drawnPoint(axis, estimate, paint, isClear(row))}`
}

const chartRow = (row: RatioRow, axis: RowAxis): ChartRow => ({
  name: row.path,
  drawing: drawing(row, axis),
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
