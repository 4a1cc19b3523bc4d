/** `sweep.csv`: a row for every point, path and metric, with its ratio to the baseline of the same point. Pure. */
import { stringify } from 'csv-stringify/sync'
import type { Sweep } from '../record/sweep.ts'
import type { Records } from './curves.ts'

export function sweepCsv(sweep: Sweep, records: Records): string {
  const names = sweep.axes.map(({ name }) => name)
  const rows = sweep.points.flatMap(({ values, runId }) => {
    const record = records.get(runId)
    const place = [...names.map((name) => values[name] ?? ''), runId]
    return (record?.estimates ?? []).map(({ path, metric, unit, estimate, low, high }) => {
      const found = record?.comparisons.find((one) => one.path === path && one.metric === metric)
      const ratio =
        found === undefined ? [] : [found.ratio.estimate, found.ratio.low, found.ratio.high, found.verdict]
      return [...place, path, metric, unit, estimate, low, high, ...ratio]
    })
  })
  const figures = [
    'path',
    'metric',
    'unit',
    'estimate',
    'low',
    'high',
    'ratio',
    'ratioLow',
    'ratioHigh',
    'verdict',
  ]
  const header = [...names, 'runId', ...figures]
  return stringify([
    header,
    ...rows.map((row) => [...row, ...Array<string>(header.length - row.length).fill('')]),
  ])
}
