/** What `bench ab` says of one metric: one judgement, out of the first run and the second together. Pure. */
import { lackOf, lackWords } from '../across/lack.ts'
import { isUndelivered, untrustedReason } from '../across/untrusted.ts'
import type { Comparison, RunRecord } from '../record/record.ts'
import { abPaths } from './ab-scenario.ts'
import { confirms, headlinesOf, mostSlowness, suspectsIn, suspicionMargin } from './regression.ts'

/**
 * - `regression`: slower in both runs, or taken at the first one's word; or no figure where the older has one
 * - `not-confirmed`: suspected in the first run, and the second does not agree
 * - `unconfirmed`: suspected in the first run, and the second cannot say
 * - `faster`, `not-slower`: by the first run
 * - `open`: a regression beyond the margin is neither found nor ruled out
 */
export type JudgementState = 'regression' | 'not-confirmed' | 'unconfirmed' | 'faster' | 'not-slower' | 'open'

export interface MetricJudgement {
  readonly metric: string
  readonly state: JudgementState
  /** As found in each run; undefined where it has none. */
  readonly first: Comparison | undefined
  readonly second: Comparison | undefined
  /** What the metric had to be slower by, as a ratio: 0.01 is 1 %. */
  readonly margin: number
  /** What the ranges do not say: that the newer version has no figure, or why the second run cannot say. */
  readonly reason?: string
}

/** What the second run came to: its record, or why there is none; undefined where none was to be made. */
export type SecondRun = { readonly record: RunRecord } | { readonly why: string } | undefined

/** Whether a metric is worth a second run: it is slower, or one of the two has figures and the newer has none. */
export const isSuspected = (record: RunRecord, metric: string): boolean =>
  isMissing(record, metric) || suspectsIn(record).some((one) => one.metric === metric)

const isMissing = (record: RunRecord, metric: string): boolean => missingReason(record, metric) !== undefined

/** What the newer version has no figure of, all through or in some trials, and the older has. */
function missingReason(record: RunRecord, metric: string): string | undefined {
  if (lackOf(record, abPaths.base, metric) !== undefined) return undefined
  const lack = lackOf(record, abPaths.head, metric)
  if (lack !== undefined) return `${lackWords(abPaths.head, lack)}; ${abPaths.base} has one`
  const comparison = headIn(record, metric)
  return comparison !== undefined && isUndelivered(comparison)
    ? `of ${abPaths.head} ${untrustedReason(comparison) ?? ''}`
    : undefined
}

const headIn = ({ comparisons }: RunRecord, metric: string): Comparison | undefined =>
  headlinesOf(comparisons).find((one) => one.metric === metric)

/**
 * The judgement on a headline metric.
 *
 * @param second undefined where the first run is taken at its word, or suspects nothing
 */
export function judgeMetric(record: RunRecord, second: SecondRun, metric: string): MetricJudgement {
  const first = headIn(record, metric)
  const again = second !== undefined && 'record' in second ? headIn(second.record, metric) : undefined
  const known = { metric, first, second: again, margin: suspicionMargin(record, metric) }
  if (isSuspected(record, metric)) return { ...known, ...suspectFinding(record, second, metric) }
  if (first === undefined) {
    const lack = lackOf(record, abPaths.base, metric)
    return {
      ...known,
      state: 'open',
      ...(lack === undefined ? {} : { reason: lackWords(abPaths.base, lack) }),
    }
  }
  const untrusted = untrustedReason(first)
  if (untrusted !== undefined) return { ...known, state: 'open', reason: untrusted }
  if (first.verdict === 'faster') return { ...known, state: 'faster' }
  return { ...known, state: mostSlowness(first) <= 1 + known.margin ? 'not-slower' : 'open' }
}

type Suspected = Pick<MetricJudgement, 'state' | 'reason'>

function suspectFinding(record: RunRecord, second: SecondRun, metric: string): Suspected {
  const lack = lackOf(record, abPaths.head, metric)
  const reason = missingReason(record, metric)
  const missing = reason === undefined ? {} : { reason }
  if (second === undefined) {
    // One run alone is taken at its word where it gives a verdict, which asks for more than a suspicion does.
    const isCertain = reason !== undefined || headIn(record, metric)?.verdict === 'slower'
    return { ...missing, state: isCertain ? 'regression' : 'open' }
  }
  if ('why' in second) return { state: 'unconfirmed', reason: second.why }
  const undelivered = [abPaths.base, abPaths.head].flatMap((path) => {
    const again = lackOf(second.record, path, metric)
    return again === undefined ? [] : [{ path, again }]
  })
  // A path that has failed there confirms nothing; but a figure that is missing twice is missing.
  const [failed] = undelivered
  if (failed !== undefined) {
    const isMissingAgain = lack?.kind === 'no-figure' && isMissing(second.record, metric)
    return isMissingAgain && failed.again.kind === 'no-figure'
      ? { ...missing, state: 'regression' }
      : { state: 'unconfirmed', reason: `in the second run ${lackWords(failed.path, failed.again)}` }
  }
  const missingAgain = missingReason(second.record, metric)
  if (reason !== undefined)
    return { ...missing, state: missingAgain === undefined ? 'not-confirmed' : 'regression' }
  if (missingAgain !== undefined) return { state: 'unconfirmed', reason: `in the second run ${missingAgain}` }
  const again = headIn(second.record, metric)
  if (again === undefined || again.ratio.low === null || again.ratio.high === null)
    return { state: 'unconfirmed', reason: 'the second run has too few blocks for an interval' }
  const untrusted = untrustedReason(again)
  if (untrusted !== undefined) return { state: 'unconfirmed', reason: `in the second run ${untrusted}` }
  return { state: confirms(again, second.record.settings.margin) ? 'regression' : 'not-confirmed' }
}
