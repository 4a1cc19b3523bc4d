/** What a sweep found, in sentences. Pure. */
import { isFigure, splitFigure } from '../parts/loads/trial-name.ts'
import { isLeading } from '../record/lead-metrics.ts'
import { metricNamed } from '../record/metrics.ts'
import { metricWords } from '../record/metric-words.ts'
import { formatChangeRange, formatCount, formatNumber } from '../words/numbers.ts'
import { routerCost, type SweepView } from './curves.ts'
import type { DeviceUnderTest } from '../words/sentences.ts'
import type { Crossing, Growth, Range, SweepFindings } from './findings.ts'

/** Closer to the baseline than this at every value, a path stays where it is. */
const steadyWithin = 0.02

/** All that is worth a sentence: how costs grow, where paths cross, which stay as they are. */
export const sweepSentences = (view: SweepView, { growths, crossings, ranges }: SweepFindings): string[] => [
  ...mainGrowths(growths).map((growth) => growthSentence(view, growth)),
  ...crossings.filter(({ metric }) => isLeading(metric)).map((crossing) => crossingSentence(view, crossing)),
  ...ranges.filter(({ metric }) => isLeading(metric)).map((range) => rangeSentence(view, range)),
]

const isDelay = (metric: string): boolean => metricNamed(metric)?.unit === 'ns'

/** Where the router's own cost is known it tells of growth; else the time that a packet of a flood takes. */
function mainGrowths(growths: readonly Growth[]): Growth[] {
  const own = growths.filter(({ metric }) => isFigure(metric, routerCost.name))
  const ofPackets = own.length > 0 ? own : growths.filter(({ metric }) => isFigure(metric, 'throughputPps'))
  return [...ofPackets, ...growths.filter(({ metric }) => isLeading(metric) && isDelay(metric))]
}

/** One further of what a setting counts; of a scenario's own parameter nobody knows what it counts. */
const oneMore: Readonly<Record<string, string>> = {
  payload: 'byte of payload',
  mtu: 'byte of MTU',
  rate: 'packet/s',
  flows: 'flow',
  connections: 'connection',
  routes: 'route',
  rules: 'rule',
  entries: 'entry',
}

export const unitOf = (setting: string): string =>
  Object.hasOwn(oneMore, setting) ? oneMore[setting]! : `unit of ${setting}`

/** Of a rate, the time that each takes is what grows. */
export function growingNoun(metric: string, middle: DeviceUnderTest): string {
  const { plain, trial } = splitFigure(metric)
  const which = trial === undefined ? '' : ` (${trial})`
  if (plain === routerCost.name) return `the ${middle}'s own cost${which}`
  return plain === 'throughputPps'
    ? `the time per packet of a flood${which}`
    : `the ${metricWords(metric).noun}`
}

/** `stack grows by 1.9 ns (1.8 to 2.0 ns) for each of rules`. */
function growthSentence({ along, middle }: SweepView, growth: Growth): string {
  const { path, perStep, isStraight, facet, metric } = growth
  const { value, range } = growthText(growth)
  const what = growingNoun(metric, middle)
  const bend = isStraight ? '' : '; the points do not lie on a line'
  const isSure = perStep.low !== null && perStep.high !== null && (perStep.low > 0 || perStep.high < 0)
  return isSure
    ? `${path}${where(facet)}: ${what} ${perStep.estimate > 0 ? 'grows' : 'falls'} by ${value} (${range}) per ${unitOf(along.name)}${bend}`
    : `${path}${where(facet)}: ${what} is not known to grow with ${along.name} (${range} per ${unitOf(along.name)})${bend}`
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
  return `${path}${where(facet)}: ${noun} goes from ${before} to ${after} than that of ${baseline} at ${along.name}=${round(at.estimate)}${from}`
}

function rangeSentence(
  { baseline, along }: SweepView,
  { path, metric, values, low, high, differs, facet }: Range,
): string {
  const { noun } = metricWords(metric)
  const span = spanWords(along.name, values)
  const isSteady = low >= 1 - steadyWithin && high <= 1 + steadyWithin
  const range = formatChangeRange(low, high, 0)
  const what = isSteady
    ? `stays within ${steadyWithin * 100} % of ${baseline}'s`
    : differs
      ? `differs from ${baseline}'s by ${range}`
      : `is not known to differ from ${baseline}'s (${range})`
  return `${path}${where(facet)}: ${noun} ${what} ${span}`
}

const where = (facet: string): string => (facet === '' ? '' : ` at ${facet}`)

/** `for rules from 0 to 1,000`; of what is no number, each value: `for qdisc none, fq`. */
function spanWords(setting: string, values: readonly (number | string)[]): string {
  const numbers = values.filter((value) => typeof value === 'number')
  return numbers.length === values.length
    ? `for ${setting} from ${round(Math.min(...numbers))} to ${round(Math.max(...numbers))}`
    : `for ${setting} ${values.join(', ')}`
}

const round = (value: number): string =>
  Number.isInteger(value) || Math.abs(value) >= 100 ? formatCount(Math.round(value)) : formatNumber(value, 1)
