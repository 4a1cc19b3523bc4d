import type { Estimate } from '../results/record.ts'
import { bootstrapInterval, type Resampling } from './bootstrap.ts'
import { hodgesLehmann, resampledHodgesLehmann } from './hodges-lehmann.ts'

/**
 * Where the values of one metric lie, by Hodges and Lehmann's estimator.
 *
 * The level of a busy machine jumps between regimes for seconds at a time. A median then sits in
 * whichever regime had most blocks, and leaps from one to the other between resamples; Hodges–Lehmann
 * moves with their shares, and like the median is not carried off by bursts.
 *
 * @param rounds the metric's values by round; those that are not finite are left out
 * @returns in the values' unit; null where no value is finite
 */
export const locate = (rounds: readonly (readonly number[])[], resampling: Resampling): Estimate | null => {
  const finite = rounds.map((round) => round.filter(Number.isFinite))
  const values = finite.flat()
  if (values.length === 0) return null
  const { low, high, method } = bootstrapInterval(
    finite.map((round) => round.length),
    resampledHodgesLehmann(values),
    resampling,
  )
  return { estimate: hodgesLehmann(values), low, high, method: `Hodges–Lehmann; ${method}`, n: values.length }
}
