import type { Estimate } from './estimate.ts'
import { bootstrap, type Bootstrapped, type Resampling } from './bootstrap.ts'
import { hodgesLehmann, type Multiplicities, resampledHodgesLehmann } from './hodges-lehmann.ts'

/** Values by round, and in it by block. */
export type ByRound = readonly (readonly number[])[]

/** Where values lie, and what the interval rests on. */
export interface Located extends Pick<Bootstrapped, 'spread' | 'isOneRound'> {
  readonly estimate: Estimate
}

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
export const locate = (rounds: ByRound, resampling: Resampling): Estimate | null =>
  locateMean([rounds], resampling)?.estimate ?? null

/**
 * The mean of where several series lie that were measured block by block, from resamples that draw the
 * same blocks of all. A block counts where every series has a finite value.
 *
 * @param series one or more, of the same rounds and blocks
 * @returns null where no block counts
 */
export const locateMean = (series: readonly ByRound[], resampling: Resampling): Located | null => {
  const used = (series[0] ?? []).map((values, round) =>
    values.flatMap((_, block) => {
      const ofBlock = series.map((rounds) => rounds[round]?.[block] ?? NaN)
      return ofBlock.every(Number.isFinite) ? [ofBlock] : []
    }),
  )
  const blocks = used.flat()
  if (blocks.length === 0) return null
  const columns = series.map((_, place) => blocks.map((ofBlock) => ofBlock[place]!))
  const estimators = columns.map(resampledHodgesLehmann)
  const { interval, ...others } = bootstrap(
    used.map((round) => round.length),
    (multiplicities: Multiplicities) => mean(estimators.map((estimator) => estimator(multiplicities))),
    resampling,
  )
  const { low, high, method } = interval
  const words = series.length === 1 ? 'Hodges–Lehmann' : `mean of ${series.length} Hodges–Lehmann estimates`
  return {
    estimate: {
      estimate: mean(columns.map(hodgesLehmann)),
      low,
      high,
      method: `${words}; ${method}`,
      n: blocks.length,
    },
    ...others,
  }
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length
