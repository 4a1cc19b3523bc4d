import type { Comparison } from '../results/record.ts'
import { defaultConfidence, type Resampling } from './bootstrap.ts'
import { locate } from './locate.ts'
import { logRatiosOf, type PairedRound } from './log-ratios.ts'
import { signFlipTest } from './permutation.ts'

export interface PairedComparison {
  /** path / baseline. */
  readonly ratio: Comparison['ratio']
  /** Null where it was not tested, or there are too few pairs. */
  readonly pValue: number | null
  readonly pValueMethod: string
  /** Blocks that do not count, as a value of theirs is missing, zero, negative or not finite. */
  readonly omittedPairs: number
}

interface ComparisonInput extends Resampling {
  readonly rounds: readonly PairedRound[]
  /** Number of comparisons that the p-value is to be adjusted over; where it is not given, nothing is tested. */
  readonly family?: number | undefined
}

const exponential = (value: number | null): number | null => (value === null ? null : Math.exp(value))

/**
 * Compares a path with its baseline block by block, so that what both met in a block cancels out: the
 * Hodges–Lehmann estimate of the log-ratios with its interval, as a ratio, and a sign-flip p-value.
 *
 * @returns null where no pair is usable
 */
export const comparePaired = ({
  rounds,
  family,
  ...resampling
}: ComparisonInput): PairedComparison | null => {
  const logRatios = rounds.map(logRatiosOf)
  const location = locate(logRatios, resampling)
  if (location === null) return null
  const pairs = rounds.reduce((sum, { baseline, path }) => sum + Math.max(baseline.length, path.length), 0)
  const { pValue, method } =
    family === undefined
      ? { pValue: null, method: 'not tested' }
      : signFlipTest(logRatios, resampling.random, family)
  return {
    ratio: {
      estimate: Math.exp(location.estimate),
      low: exponential(location.low),
      high: exponential(location.high),
      confidence: resampling.confidence ?? defaultConfidence,
      method: `paired log-ratios: ${location.method}`,
      n: location.n,
    },
    pValue,
    pValueMethod: method,
    omittedPairs: pairs - location.n,
  }
}
