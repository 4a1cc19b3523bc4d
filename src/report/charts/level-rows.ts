/** A metric of each path by itself: bars from zero, so that a small difference looks small, and whiskers. */
import { markup, type Html } from '../../page/escape.ts'
import { colour } from '../../page/palette.ts'
import { rowAxis, spansDecade, type RowAxis } from '../../page/row-axis.ts'
import { axisLabel } from '../../page/theme.ts'
import { drawnBar, drawnInterval, drawnPoint, renderRows } from '../../page/row-chart.ts'
import { formatInterval } from '../../words/numbers.ts'
import type { LevelRow, LevelsView } from '../view/levels.ts'

const ends = ({ estimate, low, high }: LevelRow): number[] => [estimate, low ?? estimate, high ?? estimate]

/** Only where bars would be too short to see: then points on a logarithmic axis. */
const axisOf = ({ rows, unit = '', most = 0 }: LevelsView): RowAxis => {
  const label = (value: number): string =>
    axisLabel(formatInterval(unit, { estimate: value, low: null, high: null }).value)
  const all = rows.flatMap(ends)
  const estimates = rows.map(({ estimate }) => estimate)
  if (spansDecade(Math.min(...estimates), Math.max(...estimates))) {
    const least = Math.min(...all.filter((end) => end > 0))
    return rowAxis(least / 1.1, Math.max(...all) * 1.1, { label }, true)
  }
  return rowAxis(Math.min(0, ...all), Math.max(most, ...all) || 1, { label }, false)
}

const drawing = (row: LevelRow, axis: RowAxis): Html => {
  const { estimate, low, high } = row
  const paint = colour(row.colour)
  const whisker =
    low === null || high === null
      ? undefined
      : drawnInterval(axis, low, high, axis.isLog ? paint : colour('ink'))
  const mark =
    axis.isLog || axis.low < 0 ? drawnPoint(axis, estimate, paint) : drawnBar(axis, estimate, paint)
  return markup`${mark}${whisker}`
}

/** The chart; values stand beside the bars, so that a linear axis needs no numbers. */
export const levelRows = (view: LevelsView): Html => {
  const axis = axisOf(view)
  const rows = view.rows.map((row) => ({
    name: row.name,
    drawing: drawing(row, axis),
    value: row.label,
    ...(row.range === undefined ? {} : { range: row.range }),
  }))
  return renderRows(rows, axis.isLog ? { ...axis, title: 'logarithmic' } : undefined)
}
