/** The tables of a sweep's page. */
import { numberColumn, textColumn, type TableView } from '../../page/table-view.ts'
import type { Records, Sweep } from '../../record/sweep.ts'
import { formatIntervalText, ratioText } from '../../words/numbers.ts'
import type { CurvePoint, MetricCurves, SweepView } from '../curves.ts'
import type { Growth } from '../findings.ts'
import { growingNoun, growthText, unitOf } from '../sentences.ts'
import { sweepTable } from '../table.ts'

/** A row for each point: what candidates came to. */
export function pointsTable(sweep: Sweep, records: Records, metrics: readonly string[]): TableView {
  const { titles, rows } = sweepTable(sweep, records, metrics)
  return {
    caption: 'Every point: candidates against the baseline of the same point, with half their 95 % interval',
    columns: titles.map((title, index) =>
      index < sweep.axes.length ? numberColumn(title) : textColumn(title),
    ),
    rows: rows.map((row) => titles.map((_, index) => row[index] ?? '')),
  }
}

/** The figures behind a chart. */
export function curveTable({ along }: SweepView, { title, unit, curves }: MetricCurves): TableView {
  const text = ({ estimate, comparison }: CurvePoint) =>
    `${formatIntervalText(unit, estimate)}${comparison === undefined ? '' : `; ${ratioText(comparison.ratio)}`}`
  return {
    caption: title,
    columns: [numberColumn(along.name), ...curves.map(({ path }) => textColumn(path))],
    rows: along.values.map((value) => [
      String(value),
      ...curves.map(({ points }) => {
        const point = points.find(({ x }) => x === value)
        return point === undefined ? '' : text(point)
      }),
    ]),
  }
}

/** How much each path's cost grows for each further one. */
export const growthTable = ({ along, middle }: SweepView, growths: readonly Growth[]): TableView => ({
  caption: `Growth per ${unitOf(along.name)}: weighted least squares, with 95 % intervals`,
  columns: [
    textColumn('Path'),
    textColumn('Figure'),
    ...(growths.some(({ facet }) => facet !== '') ? [textColumn('At')] : []),
    numberColumn('Growth'),
    numberColumn('95 %'),
    textColumn('Line'),
  ],
  rows: growths.map((growth) => {
    const { value, range } = growthText(growth)
    const sign = growth.perStep.high !== null && growth.perStep.high < 0 ? '−' : ''
    return [
      growth.path,
      growingNoun(growth.metric, middle),
      ...(growths.some(({ facet }) => facet !== '') ? [growth.facet] : []),
      `${sign}${value}`,
      range,
      growth.isStraight ? 'straight' : 'bent',
    ]
  }),
})
