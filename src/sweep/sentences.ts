/** What a sweep found, in sentences. Pure. */
import { metricNamed } from '../record/metrics.ts'
import { metricWords } from '../record/metric-words.ts'
import {
  formatChange,
  formatChangeRange,
  formatCount,
  formatInterval,
  formatNumber,
} from '../words/numbers.ts'
import { routerCost, type SweepView } from './curves.ts'
import type { Crossing, Growth, Range, SweepFindings } from './findings.ts'

/** Closer to the baseline than this at every value, a path stays where it is. */
const steadyWithin = 0.02

/** All that is worth a sentence: how costs grow, where paths cross, which stay as they are. */
export const sweepSentences = (view: SweepView, { growths, crossings, ranges }: SweepFindings): string[] => [
  ...mainGrowths(growths).map((growth) => growthSentence(view, growth)),
  ...crossings.filter(({ metric }) => isMain(metric)).map((crossing) => crossingSentence(view, crossing)),
  ...ranges.filter(({ metric }) => isMain(metric)).map((range) => rangeSentence(view, range)),
]

/** Throughput and medians: what the first look is for. */
const isMain = (metric: string): boolean =>
  metricNamed(metric)?.headline === true && (metric.endsWith('Pps') || metric.endsWith('.p50'))

/** Where the router's own cost is known it tells of growth; else the time that a packet of a flood takes. */
function mainGrowths(growths: readonly Growth[]): Growth[] {
  const own = growths.filter(({ metric }) => metric === routerCost.name)
  return own.length > 0 ? own : growths.filter(({ metric }) => metric === 'throughputPps')
}

/** `stack grows by 1.9 ns (1.8 to 2.0 ns) for each of rules`. */
function growthSentence({ along }: SweepView, growth: Growth): string {
  const { path, perStep, isStraight, facet, metric } = growth
  const { value, range } = growthText(growth)
  const what = metric === routerCost.name ? "the router's own cost" : 'the time per packet'
  const bend = isStraight ? '' : '; the points do not lie on a line'
  const isSure = perStep.low !== null && perStep.high !== null && (perStep.low > 0 || perStep.high < 0)
  return isSure
    ? `${path}${where(facet)}: ${what} ${perStep.estimate > 0 ? 'grows' : 'falls'} by ${value} (${range}) per unit of ${along.name}${bend}`
    : `${path}${where(facet)}: ${what} is not known to grow with ${along.name} (${range} per unit)${bend}`
}

/** A slope and its interval: those of falling ones without their sign. */
export function growthText({ perStep }: Pick<Growth, 'perStep'>): { value: string; range: string } {
  const { estimate, low, high } = perStep
  if (low === null || high === null) return { value: `${formatNumber(estimate, 2)} ns`, range: 'no interval' }
  const isFalling = high < 0
  const shown = isFalling ? { estimate: -estimate, low: -high, high: -low } : { estimate, low, high }
  const digits = Math.min(6, Math.max(0, 1 - Math.floor(Math.log10((high - low) / 2))))
  const [value, from, to] = [shown.estimate, shown.low, shown.high].map((one) => formatNumber(one, digits))
  return { value: `${value} ns`, range: `${from} to ${to} ns` }
}

function crossingSentence(
  { baseline, along }: SweepView,
  { path, metric, at, facet, direction }: Crossing,
): string {
  const { more, less, noun } = metricWords(metric)
  const [before, after] = direction === 'rises' ? [less, more] : [more, less]
  const from = at.low === null || at.high === null ? '' : ` (${round(at.low)} to ${round(at.high)})`
  return `${path}${where(facet)}: ${noun} goes from ${before} to ${after} than that of ${baseline} at ${along.name} ${round(at.estimate)}${from}`
}

function rangeSentence({ baseline, along }: SweepView, { path, metric, low, high, facet }: Range): string {
  const { noun } = metricWords(metric)
  const [first, last] = [along.values[0], along.values.at(-1)].map(valueText)
  const span = `from ${along.name} ${first} to ${last}`
  return low >= 1 - steadyWithin && high <= 1 + steadyWithin
    ? `${path}${where(facet)}: ${noun} stays within ${steadyWithin * 100} % of ${baseline}'s ${span}`
    : `${path}${where(facet)}: ${noun} is ${formatChangeRange(low, high, 0)} against ${baseline} ${span}`
}

const where = (facet: string): string => (facet === '' ? '' : ` at ${facet}`)

const valueText = (value: number | string | undefined): string =>
  typeof value === 'number' ? round(value) : String(value ?? '')

const round = (value: number): string =>
  Number.isInteger(value) || Math.abs(value) >= 100 ? formatCount(Math.round(value)) : formatNumber(value, 1)

/** A cell of a table: the change to the baseline with its interval. */
export function changeCell(ratio: { estimate: number; low: number | null; high: number | null }): string {
  if (ratio.low === null || ratio.high === null) return formatChange(ratio.estimate)
  return `${formatChange(ratio.estimate)} (${formatChangeRange(ratio.low, ratio.high)})`
}

/** A cell of a table: the figure itself with its interval. */
export function figureCell(
  unit: string,
  estimate: { estimate: number; low: number | null; high: number | null },
): string {
  const { value, range } = formatInterval(unit, estimate)
  return range === undefined ? value : `${value} (${range})`
}
