/** The points of a sweep, a row each: what candidates came to against the baseline. Pure. */
import { shortNoun } from '../record/metric-words.ts'
import { leadMetrics } from '../record/lead-metrics.ts'
import type { RunRecord } from '../record/record.ts'
import type { Records, Sweep, SweepPoint } from '../record/sweep.ts'
import { formatChange, formatNumber, percentDigits } from '../words/numbers.ts'
import { verdictMarks } from '../words/verdict-marks.ts'

export interface SweepTable {
  /** Names of the settings, then path and metric. */
  readonly titles: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

const wordOf = {
  waiting: 'not measured',
  begun: 'not over',
  measured: '',
  skipped: 'skipped',
  failed: 'failed',
}

/** @param metrics those that get a column, as far as candidates have them */
export function sweepTable(sweep: Sweep, records: Records, metrics: readonly string[]): SweepTable {
  const names = sweep.axes.map(({ name }) => name)
  const candidates = candidatesOf(records)
  const columns = candidates.flatMap((path) => metrics.map((metric) => ({ path, metric })))
  return {
    titles: [
      ...names,
      ...columns.map(({ path, metric }) =>
        candidates.length === 1 ? shortNoun(metric) : `${path} ${shortNoun(metric)}`,
      ),
      // Where no point has figures, each has what became of it.
      ...(columns.length === 0 ? ['state'] : []),
    ],
    rows: sweep.points.map((point) => {
      const record = records.get(point.runId)
      return [
        ...names.map((name) => valueText(point.values[name])),
        ...(record === undefined
          ? [reasonText(point)]
          : columns.map(({ path, metric }) => cellOf(record, path, metric))),
      ]
    }),
  }
}

/** The lead metrics of those that candidates are compared in. */
export const mainMetrics = (records: Records): string[] =>
  leadMetrics([...records.values()].flatMap(({ comparisons }) => comparisons.map(({ metric }) => metric)))

const candidatesOf = (records: Records): string[] => {
  const [first] = records.values()
  return first?.paths.filter(({ role }) => role === 'candidate').map(({ name }) => name) ?? []
}

const valueText = (value: number | string | undefined): string =>
  typeof value === 'number' && !Number.isInteger(value) ? formatNumber(value, 3) : String(value ?? '')

const reasonText = ({ state, reason }: SweepPoint): string =>
  reason === undefined ? wordOf[state] : `${wordOf[state]}: ${reason}`

/** `+5.1 % ±0.4 ▲`; `?` where nothing can be said. */
function cellOf(record: RunRecord, path: string, metric: string): string {
  const status = record.paths.find(({ name }) => name === path)?.status
  if (status === 'invalid' || status === 'skipped') return status
  const found = record.comparisons.find((one) => one.path === path && one.metric === metric)
  if (found === undefined) return '?'
  const { ratio, verdict } = found
  const digits = percentDigits(ratio.low, ratio.high)
  const half =
    ratio.low === null || ratio.high === null
      ? ''
      : ` ±${formatNumber(((ratio.high - ratio.low) / 2) * 100, digits)}`
  return `${formatChange(ratio.estimate, digits)}${half} ${verdictMarks[verdict]}`
}
