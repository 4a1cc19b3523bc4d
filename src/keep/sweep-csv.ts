/** `sweep.csv`: a row for every point, path and metric, with its ratio to the baseline of the same point. Pure. */
import type { Records, Sweep } from '../record/sweep.ts'
import { csvText } from './csv-text.ts'

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
] as const

export function sweepCsv({ axes, points }: Sweep, records: Records): string {
  const rows = points.flatMap(({ values, runId }) => {
    const { estimates = [], comparisons = [] } = records.get(runId) ?? {}
    return estimates.map(({ path, metric, unit, estimate, low, high }) => {
      const found = comparisons.find((one) => one.path === path && one.metric === metric)
      return [
        ...axes.map(({ name }) => values[name]),
        ...[runId, path, metric, unit, estimate, low, high],
        ...[found?.ratio.estimate, found?.ratio.low, found?.ratio.high, found?.verdict],
      ]
    })
  })
  return csvText([[...axes.map(({ name }) => name), 'runId', ...figures], ...rows])
}
