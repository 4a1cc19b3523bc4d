/**
 * The JSON of github-action-benchmark's custom tools: a list of `{ name, unit, value, range, extra }`. One
 * file holds figures of one direction (`customBiggerIsBetter`, `customSmallerIsBetter`).
 */
import type { Direction } from '../results/metrics.ts'
import type { RunRecord } from '../results/record.ts'
import { figureName } from './figure-name.ts'
import { type Figure, figuresOf, type Selection } from './figures.ts'
import { rounded } from './plain-number.ts'

/** The figures that get better in one direction. Ones whose direction is not known are left out. */
export function githubActionBenchmark(record: RunRecord, selection: Selection, better: Direction): string {
  const entries = figuresOf(record, selection)
    .filter((figure) => figure.better === better)
    .map((figure) => entryOf(record, figure))
  return entries.length === 0 ? '' : `${JSON.stringify(entries, null, 2)}\n`
}

const entryOf = (record: RunRecord, figure: Figure) => ({
  name: figureName(record, figure),
  unit: figure.unit,
  value: rounded(figure.value),
  ...(figure.interval === undefined ? {} : { range: rangeOf(figure.value, figure.interval) }),
  extra: extraOf(record, figure),
})

/** The action knows a range as one number behind a sign: the farther end of the interval. */
const rangeOf = (value: number, { low, high }: { low: number; high: number }): string =>
  `± ${rounded(Math.max(value - low, high - value))}`

/** What a point of its chart shows when it is pointed at. */
function extraOf({ runId, environment }: RunRecord, { path, baseline, interval, n }: Figure): string {
  return [
    ...(baseline === undefined ? [] : [`${path} / ${baseline}`]),
    ...(interval === undefined ? [] : [`95 %: ${rounded(interval.low)} to ${rounded(interval.high)}`]),
    `n = ${n}`,
    `run ${runId}`,
    `kernel ${environment.kernel}`,
  ].join('\n')
}
