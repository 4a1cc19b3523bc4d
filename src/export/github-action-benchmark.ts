/**
 * The JSON of github-action-benchmark's custom tools: a list of `{ name, unit, value, range, extra }`. One
 * file holds figures of one direction (`customBiggerIsBetter`, `customSmallerIsBetter`). Beside them stands
 * whether a path is valid, 1 or 0, in the file's direction: a change for the worse is beyond any threshold,
 * while the action passes over a series that has no point.
 */
import type { Direction } from '../stats/estimate.ts'
import { deliveryClause } from '../words/delivery-words.ts'
import type { RunRecord } from '../record/record.ts'
import { figureName, validityName } from './figure-name.ts'
import { type Figure, figuresOf, type Selection } from './figures.ts'
import { rounded } from './plain-number.ts'
import { type Validity, validitiesBeside } from './validity.ts'

/** The figures that get better in one direction. Ones whose direction is not known are left out. */
export function githubActionBenchmark(record: RunRecord, selection: Selection, better: Direction): string {
  const figures = figuresOf(record, selection).filter((figure) => figure.better === better)
  const entries = [
    ...figures.map((figure) => entryOf(record, figure)),
    ...validitiesBeside(figures, record, selection).map((one) => validityEntry(record, one, better)),
  ]
  return entries.length === 0 ? '' : `${JSON.stringify(entries, null, 2)}\n`
}

const entryOf = (record: RunRecord, figure: Figure) => ({
  name: figureName(record, figure),
  unit: figure.unit,
  value: rounded(figure.value),
  ...(figure.interval === undefined ? {} : { range: rangeOf(figure.value, figure.interval) }),
  extra: extraOf(record, figure),
})

const validityEntry = (record: RunRecord, validity: Validity, better: Direction) => {
  const word = better === 'higher' ? 'valid' : 'invalid'
  return {
    name: validityName(record, validity, word),
    unit: word,
    value: Number(validity.isValid === (better === 'higher')),
    extra: [...(validity.words === undefined ? [] : [validity.words]), ...runLines(record)].join('\n'),
  }
}

/** The action knows a range as one number behind a sign: the farther end of the interval. */
const rangeOf = (value: number, { low, high }: { low: number; high: number }): string =>
  `± ${rounded(Math.max(value - low, high - value))}`

/** What a point of its chart shows when it is pointed at. */
function extraOf(record: RunRecord, { path, baseline, interval, n }: Figure): string {
  return [
    ...(baseline === undefined ? [] : [`${path} / ${baseline}`]),
    ...(interval === undefined ? [] : [`95 %: ${rounded(interval.low)} to ${rounded(interval.high)}`]),
    `n = ${n}`,
    ...lossLines(record, [path, ...(baseline === undefined ? [] : [baseline])]),
    ...runLines(record),
  ].join('\n')
}

/** What the paths of a figure lost meanwhile. */
const lossLines = (record: RunRecord, paths: readonly string[]): string[] =>
  record.paths.flatMap((path) => {
    const clause = paths.includes(path.name) ? deliveryClause(record, path) : undefined
    return clause === undefined ? [] : [`${path.name} ${clause}`]
  })

const runLines = ({ runId, environment }: RunRecord): string[] => [
  `run ${runId}`,
  `kernel ${environment.kernel}`,
]
