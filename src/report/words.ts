/**
 * What a comparison says, as one sentence: the report and the terminal use the same words.
 *
 * A sentence never says more than its verdict. Intervals are those of the record.
 */
import type { Comparison, RunRecord, Verdict } from '../results/record.ts'
import { formatChangeRange, formatMargin, formatNumber, formatPValue, percentDigits } from './format.ts'
import { metricWords } from '../results/metric-words.ts'

export type RouterCost = RunRecord['derived']['routerCost'][number]

/** What a path has between client and servers, and the floor has not. */
export type Middle = 'router' | 'balancer'

interface Interval {
  readonly low: number
  readonly high: number
}

const intervalOf = ({ ratio: { low, high } }: Comparison): Interval | undefined =>
  low === null || high === null ? undefined : { low, high }

const straddlesOne = ({ low, high }: Interval): boolean => low <= 1 && high >= 1

/** How far a ratio is from 1, as a percentage without its sign. */
const distance = (ratio: number, digits: number): string => formatNumber(Math.abs(ratio - 1) * 100, digits)

const distanceWithUnit = ({ ratio }: Comparison): string =>
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

const difference = (comparison: Comparison): string => {
  const { path, baseline, metric, ratio } = comparison
  const by = distanceWithUnit(comparison)
  const isMore = ratio.estimate > 1
  if (metric === 'throughputPps')
    return `${path} delivers ${by} ${isMore ? 'more' : 'fewer'} packets per second than ${baseline}`
  if (metric === 'costNs')
    return `${path} costs the sender ${by} ${isMore ? 'more' : 'less'} CPU time per packet than ${baseline}`
  if (metric === 'httpRps')
    return `${path} answers ${by} ${isMore ? 'more' : 'fewer'} HTTP requests per second than ${baseline}`
  const { noun, more, less } = metricWords(metric)
  return `${path}'s ${noun} is ${by} ${isMore ? more : less} than ${baseline}'s`
}

const equivalence = (comparison: Comparison, interval: Interval): string => {
  const { path, baseline, metric, margin } = comparison
  const { noun } = metricWords(metric)
  const { low, high } = interval
  if (straddlesOne(interval))
    return `${path} cannot be told from ${baseline} in ${noun}: within ${formatMargin(margin)}`
  const range = formatChangeRange(low, high, percentDigits(low, high))
  return `${path} differs from ${baseline} in ${noun} by ${range}: inside ${formatMargin(margin)}, so equivalent`
}

const doubt = (comparison: Comparison, { low, high }: Interval): string => {
  const { path, baseline, metric, margin, adjustedPValue } = comparison
  const { noun } = metricWords(metric)
  const range = formatChangeRange(low, high, percentDigits(low, high))
  const isBeyondMargin = low > 1 + margin || high < 1 / (1 + margin)
  const reason =
    isBeyondMargin && adjustedPValue !== null
      ? `its corrected p-value of ${formatPValue(adjustedPValue)} is too weak to say; more rounds would settle it`
      : straddlesOne({ low, high })
        ? 'too uncertain to say; more blocks would narrow it'
        : `not clear of ${formatMargin(margin)}; more blocks would narrow it`
  return `${path} differs from ${baseline} in ${noun} by ${range}: ${reason}`
}

/** The part of a sentence about the middle's own cost; empty where the interval leaves its sign open. */
const ownCostClause = (routerCost: RouterCost | undefined, middle: Middle): string => {
  if (!routerCost?.ratioToBaseline) return ''
  const { estimate, low, high } = routerCost.ratioToBaseline
  if (low === null || high === null || estimate < 0) return ''
  const by = `${distance(estimate, percentDigits(low, high))} %`
  if (high < 1) return `, and takes ${by} off the ${middle}'s own cost`
  return low > 1 ? `, and adds ${by} to the ${middle}'s own cost` : ''
}

/**
 * The sentence for one comparison, without a full stop.
 *
 * @param routerCost the path's own cost; adds a clause where its interval is clear of 1. To be given with
 *   throughput or cost, whose packets it is computed from.
 */
export const comparisonSentence = (
  comparison: Comparison,
  routerCost?: RouterCost,
  middle: Middle = 'router',
): string => {
  const interval = intervalOf(comparison)
  if (interval === undefined)
    return `${difference(comparison)}, from too few blocks for an interval: nothing can be concluded`
  if (comparison.verdict === 'equivalent') return equivalence(comparison, interval)
  if (comparison.verdict === 'inconclusive') return doubt(comparison, interval)
  return `${difference(comparison)} (${confidenceWords(comparison, interval)})${ownCostClause(routerCost, middle)}`
}

/** A comparison as a heading of few words, without its interval. */
export const comparisonHeadline = (comparison: Comparison): string => {
  const { path, baseline, metric, margin, verdict } = comparison
  if (intervalOf(comparison) === undefined) return `${path} against ${baseline}: too few blocks to say`
  if (verdict === 'inconclusive') return `${path} against ${baseline}: too uncertain to say`
  if (verdict === 'equivalent')
    return `${path} and ${baseline} are equivalent in ${metricWords(metric).noun}, within ${formatMargin(margin)}`
  if (metric === 'throughputPps')
    return `${path} is ${distanceWithUnit(comparison)} ${verdict} than ${baseline}`
  return difference(comparison)
}

/** What each verdict means, for a legend. */
export const verdictMeanings: Readonly<Record<Verdict, string>> = {
  faster: 'the whole interval lies beyond the margin, on the better side',
  slower: 'the whole interval lies beyond the margin, on the worse side',
  equivalent: 'the whole interval lies inside the margin',
  inconclusive: 'the interval reaches over an edge of the margin, or the evidence is too weak',
}
