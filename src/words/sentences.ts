/**
 * What a comparison says, as one sentence: the report and the terminal use the same words.
 *
 * A sentence never says more than its verdict. Intervals are those of the record.
 */
import { splitFigure } from '../parts/loads/trial-name.ts'
import { metricWords } from '../record/metric-words.ts'
import type { Comparison, RunRecord, Verdict } from '../record/record.ts'
import { formatChangeRange, formatMargin, formatNumber, percentDigits } from './numbers.ts'
import { testClause, weaknessWords } from './test-words.ts'

export type RouterCost = RunRecord['derived']['routerCost'][number]

/** What a path has between client and servers, and the floor has not. */
export type DeviceUnderTest = 'router' | 'balancer'

/** What a sentence says besides its comparison. */
export interface SentenceContext {
  /**
   * The path's own cost; adds a clause where its interval is clear of 1. To be given with throughput or
   * cost, whose packets it is computed from.
   */
  readonly routerCost?: RouterCost | undefined
  readonly middle?: DeviceUnderTest
  /** What the two paths lost meanwhile, as `deliveryOfBoth` words it; stands at the end whatever the verdict. */
  readonly delivery?: string
}

interface Interval {
  readonly low: number
  readonly high: number
}

const intervalOf = ({ ratio: { low, high } }: Comparison): Interval | undefined =>
  low === null || high === null ? undefined : { low, high }

const straddlesOne = ({ low, high }: Interval): boolean => low <= 1 && high >= 1

/** How far a ratio is from 1, as a percentage without its sign. */
const distance = (ratio: number, digits: number): string => formatNumber(Math.abs(ratio - 1) * 100, digits)

/** `6.0 %`, by which a path differs from its baseline. */
export const distanceWithUnit = ({ ratio }: Comparison): string =>
  `${distance(ratio.estimate, percentDigits(ratio.low, ratio.high))} %`

/** `95 %: 5.6 to 6.4 %`; signed where the interval has both signs. */
const confidenceWords = (comparison: Comparison, interval: Interval): string => {
  const { low, high } = interval
  const digits = percentDigits(low, high)
  const confidence = `${formatNumber(comparison.ratio.confidence * 100, 0)} %`
  if (straddlesOne(interval)) return `${confidence}: ${formatChangeRange(low, high, digits)}`
  const [near, far] = high < 1 ? [high, low] : [low, high]
  return `${confidence}: ${distance(near, digits)} to ${distance(far, digits)} %`
}

/** `redirect delivers 6.0 % more packets per second than stack`. */
export const difference = (comparison: Comparison): string => {
  const { path, baseline, metric, ratio } = comparison
  const by = distanceWithUnit(comparison)
  const isMore = ratio.estimate > 1
  const { plain, trial } = splitFigure(metric)
  if (plain === 'costNs')
    return `${path} costs the sender ${by} ${isMore ? 'more' : 'less'} CPU time per packet delivered${trial === undefined ? '' : ` (${trial})`} than ${baseline}`
  const { noun, more, less, does } = metricWords(metric)
  if (does !== undefined)
    return `${path} ${does.verb} ${by} ${isMore ? 'more' : 'fewer'} ${does.what} than ${baseline}`
  return `${path}'s ${noun} is ${by} ${isMore ? more : less} than ${baseline}'s`
}

const equivalence = (comparison: Comparison, interval: Interval): string => {
  const { path, baseline, metric, margin } = comparison
  return straddlesOne(interval)
    ? `${path} cannot be told from ${baseline} in ${metricWords(metric).noun}: within ${formatMargin(margin)}`
    : `${apart(comparison, interval)}: inside ${formatMargin(margin)}, so equivalent`
}

/** `redirect differs from stack in median round trip by +0.4 to +2.0 %`; where it may be either way, it may differ. */
const apart = ({ path, baseline, metric }: Comparison, interval: Interval): string => {
  const { low, high } = interval
  const range = formatChangeRange(low, high, percentDigits(low, high))
  const does = straddlesOne(interval) ? 'may differ' : 'differs'
  return `${path} ${does} from ${baseline} in ${metricWords(metric).noun} by ${range}`
}

const doubt = (comparison: Comparison, { low, high }: Interval): string => {
  const { margin, adjustedPValue } = comparison
  const isBeyondMargin = low > 1 + margin || high < 1 / (1 + margin)
  const isInsideMargin = low >= 1 / (1 + margin) && high <= 1 + margin
  const reason =
    isBeyondMargin && adjustedPValue !== null
      ? weaknessWords(comparison)
      : isInsideMargin
        ? `inside ${formatMargin(margin)}, but the control was not found equivalent to the baseline either, so nothing is called equivalent`
        : straddlesOne({ low, high })
          ? 'too uncertain to say; more blocks would narrow it'
          : `not clear of ${formatMargin(margin)}; more blocks would narrow it`
  return `${apart(comparison, { low, high })}: ${reason}`
}

/** A path's own cost beside the baseline's; undefined where the interval leaves open which is more. */
export const clearOwnCost = (
  routerCost: RouterCost | undefined,
): (Interval & { readonly estimate: number }) | undefined => {
  const { estimate, low, high } = routerCost?.ratioToBaseline ?? { estimate: 1, low: null, high: null }
  if (low === null || high === null || estimate < 0 || straddlesOne({ low, high })) return undefined
  return { estimate, low, high }
}

/** The part of a sentence about the middle's own cost; empty where it is not clear. */
const ownCostClause = (routerCost: RouterCost | undefined, middle: DeviceUnderTest): string => {
  const clear = clearOwnCost(routerCost)
  if (clear === undefined) return ''
  const by = `${distance(clear.estimate, percentDigits(clear.low, clear.high))} %`
  return clear.high < 1
    ? `, and takes ${by} off the ${middle}'s own cost`
    : `, and adds ${by} to the ${middle}'s own cost`
}

/** Why a verdict is withheld, without a full stop of its own. */
const withheldWords = (reason: string): string => `no verdict is given: ${reason.replace(/\.$/, '')}`

const withheldSentence = (comparison: Comparison, reason: string): string => {
  const { path, baseline, metric } = comparison
  const interval = intervalOf(comparison)
  const what =
    interval === undefined
      ? `${path} differs from ${baseline} in ${metricWords(metric).noun} by ${distanceWithUnit(comparison)}`
      : apart(comparison, interval)
  return `${what}, and ${withheldWords(reason)}`
}

const verdictSentence = (
  comparison: Comparison,
  { routerCost, middle = 'router' }: SentenceContext,
): string => {
  const interval = intervalOf(comparison)
  if (comparison.withheld !== undefined) return withheldSentence(comparison, comparison.withheld)
  if (interval === undefined)
    return `${difference(comparison)}, from too few blocks for an interval: nothing can be concluded`
  if (comparison.verdict === 'equivalent') return equivalence(comparison, interval)
  if (comparison.verdict === 'inconclusive') return doubt(comparison, interval)
  return `${difference(comparison)} (${confidenceWords(comparison, interval)}${testClause(comparison)})${ownCostClause(routerCost, middle)}`
}

/** The sentence for one comparison, without a full stop. */
export const comparisonSentence = (comparison: Comparison, context: SentenceContext = {}): string =>
  `${verdictSentence(comparison, context)}${context.delivery ?? ''}`

/** One decided comparison as a heading of few words, without its interval. */
export const decidedHeadline = (comparison: Comparison): string => {
  const { path, baseline, metric, margin, verdict } = comparison
  if (verdict === 'equivalent')
    return `${path} and ${baseline} are equivalent in ${metricWords(metric).noun}, within ${formatMargin(margin)}`
  const { plain, trial } = splitFigure(metric)
  if (plain === 'throughputPps')
    return `${path} is ${distanceWithUnit(comparison)} ${verdict} than ${baseline}${trial === undefined ? '' : ` (${trial})`}`
  return difference(comparison)
}

/** What stands behind `<path> against <baseline>: ` where none of its comparisons is decided. */
export const undecidedHeadline = (comparisons: readonly Comparison[]): string => {
  const withheld = comparisons.find((comparison) => comparison.withheld !== undefined)?.withheld
  if (withheld !== undefined) return withheldWords(withheld)
  if (comparisons.every((comparison) => intervalOf(comparison) === undefined)) return 'too few blocks to say'
  const [only, ...others] = comparisons
  const where =
    only !== undefined && others.length === 0
      ? metricWords(only.metric).noun
      : `all ${comparisons.length} metrics`
  return `too uncertain to say in ${where}`
}

/** A verdict's word; `no verdict` where it is withheld. */
export const verdictText = ({ verdict, withheld }: Pick<Comparison, 'verdict' | 'withheld'>): string =>
  withheld === undefined ? verdict : 'no verdict'

/** What each verdict means, for a legend. */
export const verdictMeanings: Readonly<Record<Verdict, string>> = {
  faster: 'the whole interval lies beyond the margin, on the better side',
  slower: 'the whole interval lies beyond the margin, on the worse side',
  equivalent: 'the whole interval lies inside the margin',
  inconclusive: 'the interval reaches over an edge of the margin, or the evidence is too weak',
}
