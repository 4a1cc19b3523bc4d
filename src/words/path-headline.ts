/** What a path came to over all its headline metrics, as a heading. */
import { isFigure } from '../parts/loads/trial-name.ts'
import { isDecided } from '../record/conclusion.ts'
import { metricWords } from '../record/metric-words.ts'
import type { Comparison } from '../record/record.ts'
import { decidedHeadline, distanceWithUnit, undecidedHeadline } from './sentences.ts'

/** On a log scale, how far the nearer end of the interval is from 1; 0 where it holds 1. */
const clearance = ({ ratio: { low, high } }: Comparison): number => {
  if (low === null || high === null) return 0
  return low > 1 ? Math.log(low) : high < 1 ? -Math.log(high) : 0
}

const isDifferent = ({ verdict }: Comparison): boolean => verdict === 'faster' || verdict === 'slower'

/** The decided among comparisons: throughput first, then differences by how clear they are, then equivalences. */
export const rankedOf = (comparisons: readonly Comparison[]): Comparison[] => {
  const rankOf = (comparison: Comparison): number =>
    isFigure(comparison.metric, 'throughputPps') ? 0 : isDifferent(comparison) ? 1 : 2
  return comparisons
    .filter(isDecided)
    .toSorted((one, other) => rankOf(one) - rankOf(other) || clearance(other) - clearance(one))
}

/** The comparison that a headline begins with; undefined where none is decided. */
export const leadOf = (comparisons: readonly Comparison[]): Comparison | undefined => rankedOf(comparisons)[0]

/** What a path's decided metrics come to together. */
export type Outcome = 'faster' | 'slower' | 'mixed' | 'equivalent' | 'inconclusive'

export const outcomeOf = (comparisons: readonly Comparison[]): Outcome => {
  const verdicts = new Set(comparisons.filter(isDecided).map(({ verdict }) => verdict))
  if (verdicts.has('faster')) return verdicts.has('slower') ? 'mixed' : 'faster'
  if (verdicts.has('slower')) return 'slower'
  return verdicts.has('equivalent') ? 'equivalent' : 'inconclusive'
}

/** `its median round trip is 21 % longer`, for behind the lead; `subject` is a name or `it`. */
const besideWords = (comparison: Comparison, subject: string): string => {
  const { metric, ratio } = comparison
  const by = distanceWithUnit(comparison)
  const isMore = ratio.estimate > 1
  const { noun, more, less, does } = metricWords(metric)
  if (does !== undefined && !isFigure(metric, 'throughputPps'))
    return `${subject} ${does.verb} ${by} ${isMore ? 'more' : 'fewer'} ${does.what}`
  return `${subject === 'it' ? 'its' : `${subject}'s`} ${noun} is ${by} ${isMore ? more : less}`
}

/** That there are more regressions than the one that is named. */
const furtherWorse = (count: number): string =>
  count === 0 ? '' : ` and ${count === 1 ? 'one further metric is' : `${count} further metrics are`} worse`

/**
 * The best decided headline metrics. A metric that is decided for the worse is told beside one that is better,
 * and the other way round.
 */
export const pathHeadline = (path: string, baseline: string, comparisons: readonly Comparison[]): string => {
  const [lead, ...others] = rankedOf(comparisons)
  if (lead === undefined) return `${path} against ${baseline}: ${undecidedHeadline(comparisons)}`
  const better = others.filter(({ verdict }) => verdict === 'faster')
  const worse = others.filter(({ verdict }) => verdict === 'slower')
  const firstOf = (from: readonly Comparison[], subject: string): string[] =>
    from.slice(0, 1).map((one) => besideWords(one, subject))
  const firstWorse = (subject: string): string[] =>
    firstOf(worse, subject).map((words) => `${words}${furtherWorse(worse.length - 1)}`)
  const head = decidedHeadline(lead)
  if (lead.verdict === 'equivalent') {
    const unlike = [...firstOf(better, path), ...firstWorse(better.length > 0 ? 'it' : path)]
    return unlike.length === 0 ? head : `${head}, but ${unlike.join(', and ')}`
  }
  const isBetter = lead.verdict === 'faster'
  // Throughput speaks for the path; any other metric does less so alone.
  const alike = isFigure(lead.metric, 'throughputPps') ? [] : firstOf(isBetter ? better : worse, 'it')
  const unlike = isBetter ? firstWorse('it') : firstOf(better, 'it')
  return [head, ...alike.map((words) => `and ${words}`), ...unlike.map((words) => `but ${words}`)].join(', ')
}
