/** A trend in words: the terminal and the page use the same. */
import { formatChange, formatChangeRange, formatNumber, percentDigits } from '../words/numbers.ts'
import { coincidenceWords } from './coincidence.ts'
import { fewestValuesFor } from './split-significance.ts'
import { metricWords } from '../record/metric-words.ts'
import type {
  RunReference,
  Trend,
  TrendChange,
  TrendGap,
  TrendLevel,
  TrendOutlier,
  TrendSeries,
} from './findings.ts'

/** `−5.1 % (−5.3 to −4.9 %)`. */
export function levelWords({ ratio, low, high }: TrendLevel): string {
  const digits = percentDigits(low, high)
  const change = formatChange(ratio, digits)
  return low === null || high === null ? change : `${change} (${formatChangeRange(low, high, digits)})`
}

/** `−5.1 % → −2.0 %`. */
export const fromToWords = ({ fromRatio, toRatio }: TrendChange): string =>
  `${formatChange(fromRatio)} → ${formatChange(toRatio)}`

/** `+3.3 %, worse`. */
export const changeWords = ({ change, direction }: TrendChange): string =>
  `${formatChange(change)}, ${direction}`

/** `redirect-vs-stack`; of one host of several, `redirect-vs-stack on web1`. */
export const trendName = ({ scenario, host }: Pick<Trend, 'scenario' | 'host'>): string =>
  host === undefined ? scenario : `${scenario} on ${host}`

/** A sentence a change, in order of time. */
export const changeSentences = ({ series }: Pick<Trend, 'series'>): string[] =>
  series
    .flatMap((one) => one.changes.map((change) => ({ one, change })))
    .toSorted((a, b) => a.change.run - b.change.run)
    .map(({ one, change }) => changeSentence(one, change))

/** `redirect, throughput: slower by 3.0 % from run X, the first on kernel 6.12.9 (before: 6.12.8)`. */
function changeSentence({ path, metric }: TrendSeries, change: TrendChange): string {
  const by = formatNumber(Math.abs(change.change - 1) * 100, 1)
  const word = change.direction === 'better' ? 'faster' : 'slower'
  const { coincidence } = change
  const why = coincidence === undefined ? '' : `, ${coincidenceWords(coincidence)}`
  return `${path}, ${metricWords(metric.name).noun}: ${word} by ${by} % from run ${change.runId}${why}`
}

/** One digit says all that a permutation test can. */
export const pValueWords = ({ pValue }: TrendChange): string => pValue.toPrecision(1)

/** How many runs of the new level it took. */
export function foundAfterWords({ run, foundAt }: TrendChange): string {
  const runs = foundAt.run - run + 1
  return runs === 1 ? '1 run' : `${runs} runs`
}

export const secondOpinionWords = ({ isSeconded }: TrendChange): string =>
  isSeconded ? 'agrees' : 'sees none'

/** What changed near a change, and so may be why. */
export const nearbyWords = ({ conditions }: TrendChange): string =>
  conditions.length === 0 ? '' : [...new Set(conditions)].join('; ')

export const outlierWords = ({ change, mayBeStep }: TrendOutlier): string =>
  `${formatChange(change)} from its level${mayBeStep ? '; may be the first of a new one' : ''}`

/** `2026-11-12 14:03`, UTC. */
export const instant = ({ startedAt }: Pick<RunReference, 'startedAt'>): string =>
  startedAt.slice(0, 16).replace('T', ' ')

/** Since which run a series is at its present level. */
export function sinceWords(series: TrendSeries, { runs }: Trend): string {
  const level = series.levels.at(-1)!
  return series.changes.length === 0 ? 'the first run' : instant(runs[level.from]!)
}

/** What is to be said where there is no change. */
export function noChangesWords({ runs, level }: Trend): string {
  const fewest = fewestValuesFor(level)
  return runs.length < fewest
    ? `Too few runs to see a change: ${runs.length}, and it takes ${fewest} at least.`
    : 'No change of level.'
}

/** `throughput, median round trip`; `all` where none is named. */
export const gapMetricWords = ({ metrics }: TrendGap): string =>
  metrics.length === 0 ? 'all' : metrics.map((name) => metricWords(name).noun).join(', ')

/** How many runs a gap goes on for: `1 run`. */
export const gapRunsWords = ({ runs }: TrendGap): string => (runs === 1 ? '1 run' : `${runs} runs`)
