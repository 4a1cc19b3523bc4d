/** What of a run is worth committing: its record without samples, as text that shows well in a diff. */
import { roundsOf } from '../across/log-estimate.ts'
import { metricNamed } from '../record/metrics.ts'
import type { RunRecord } from '../record/record.ts'

/** More digits than an interval's ends are known to, and few enough for a small file. */
const digits = 6

const rounded = (value: unknown): unknown => {
  if (typeof value === 'number')
    return Number.isSafeInteger(value) ? value : Number(value.toPrecision(digits))
  if (Array.isArray(value)) return value.map(rounded)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rounded(inner)]))
}

/** Tails that are paired by round are too uncertain for another run to be held against. */
const isKept = ({ metric }: { readonly metric: string }): boolean => metricNamed(metric)?.pairing !== 'round'

/** How an interval came about, in fewer words: `bootstrap over 10 rounds, then blocks`. */
const briefMethod = (method: string): string =>
  method
    .replace(/^(paired log-ratios: )?(mean of \d+ )?Hodges\u2013Lehmann( estimates)?; /, '')
    .replace(/ \(\d+ resamples\)/, '')

/**
 * A run's record without what only serves to draw and to compute again, and without the metrics that are
 * paired by round: still a valid record.
 */
export function baselineRecord(record: RunRecord): RunRecord {
  const lean = {
    ...record,
    paths: record.paths.map((path) => ({ ...path, distributions: [] })),
    estimates: record.estimates
      .filter(isKept)
      .map((estimate) => ({ ...estimate, method: briefMethod(estimate.method) })),
    comparisons: record.comparisons.filter(isKept).map(({ pValueMethod: _method, ratio, ...rest }) => ({
      ...rest,
      ratio: { ...ratio, method: briefMethod(ratio.method) },
    })),
    // Intervals are widened by their number, and the list of rounds is not kept.
    settings: { ...record.settings, rounds: roundsOf(record) },
    rounds: [],
    blocks: [],
    trials: [],
  }
  return rounded(lean) as RunRecord
}

/** Lists whose entries stand on a line each: two of them compare line by line. */
const linewise = new Set(['estimates', 'comparisons', 'warnings'])

/** The text of a baseline file: keys in the record's order, so that the same run gives the same bytes. */
export function baselineText(record: RunRecord): string {
  const lean = baselineRecord(record)
  const fields = Object.entries(lean).map(([key, value]) => {
    const text =
      linewise.has(key) && Array.isArray(value) && value.length > 0
        ? `[\n${value.map((entry) => `    ${JSON.stringify(entry)}`).join(',\n')}\n  ]`
        : key === 'paths' || key === 'derived'
          ? compact(value)
          : JSON.stringify(value, null, 2).replaceAll('\n', '\n  ')
    return `  ${JSON.stringify(key)}: ${text}`
  })
  return `{\n${fields.join(',\n')}\n}\n`
}

/** A value with each of its first two levels on lines of their own. */
function compact(value: unknown): string {
  const line = (inner: unknown): string => JSON.stringify(inner)
  if (Array.isArray(value)) return `[\n${value.map((inner) => `    ${line(inner)}`).join(',\n')}\n  ]`
  const entries = Object.entries(value as object).map(([key, inner]) => `    ${line(key)}: ${line(inner)}`)
  return `{\n${entries.join(',\n')}\n  }`
}
