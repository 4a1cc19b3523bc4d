/** What `bench ab` says, in words. */
import { isHigherBetter } from '../across/across-runs.ts'
import { formatChange, formatChangeRange, formatMargin, percentDigits } from '../words/numbers.ts'
import type { Comparison } from '../record/record.ts'
import type { MetricJudgement } from './metric-judgement.ts'

/** `−4.9 % (−5.6 to −4.2 %)`; `none` where there is no figure. */
export function changeText(comparison: Comparison | undefined): string {
  if (comparison === undefined) return 'none'
  const { estimate, low, high } = comparison.ratio
  const digits = percentDigits(low, high)
  const change = formatChange(estimate, digits)
  return low === null || high === null ? change : `${change} (${formatChangeRange(low, high, digits)})`
}

/** The judgement on a metric, beside the first run's range. */
export function judgementWords({ state, first, second, margin, reason }: MetricJudgement): string {
  switch (state) {
    case 'regression':
      if (reason !== undefined) return `regression: ${reason}`
      return second === undefined
        ? 'regression, by this run alone'
        : `regression, confirmed by a second run: ${changeText(second)}`
    case 'not-confirmed':
      return `no regression: a second run does not agree${second === undefined ? '' : `, ${changeText(second)}`}`
    case 'unconfirmed':
      return `suspected, and could not be confirmed: ${reason ?? 'the second run cannot say'}`
    case 'faster':
      return 'faster'
    case 'not-slower':
      return `not slower beyond ${formatMargin(margin)}`
    case 'open':
      return `not decided: ${reason ?? openWords(first)}`
  }
}

function openWords(first: Comparison | undefined): string {
  const { low, high } = first?.ratio ?? { low: null, high: null }
  if (first === undefined || low === null || high === null) return 'too few blocks for an interval'
  const worst = isHigherBetter(first.metric) ? low : high
  return `${formatChange(worst, percentDigits(low, high))} is not ruled out`
}

const onlyOne = 'of two runs only one finds it slower'

/** Why a run's comparison gets no verdict; undefined where its own stands beside the judgement. */
export function withheldReason({ state, reason }: MetricJudgement, own: Comparison): string | undefined {
  if (state === 'not-confirmed') return onlyOne
  if (state === 'unconfirmed')
    return `it is slower in one run, and a second could not confirm it (${reason ?? 'it cannot say'})`
  // A second run's own verdict, of which the first had no suspicion.
  return own.verdict === 'slower' && state !== 'regression' ? onlyOne : undefined
}
