import type { Centred, Split } from './split.ts'

/**
 * How many times further the mean of neighbouring values strays than if each were drawn anew, squared:
 * (1 + r) / (1 − r) for a correlation r between neighbours, and 1 where none can be made out from chance.
 * Of values on either side of a split, each about the mean of its side, as a step would pass for
 * correlation.
 *
 * Source: the variance of a mean of a first-order autoregression; Bayley, Hammersley 1946, "The 'effective'
 * number of independent observations in an autocorrelated time series", Suppl. J. R. Stat. Soc. 8(2).
 */
export function varianceInflation({ deviations }: Centred, { at }: Pick<Split, 'at'>): number {
  const { length } = deviations
  const left = meanOf(deviations.subarray(0, at))
  const right = meanOf(deviations.subarray(at))
  let squares = 0
  let products = 0
  let before = 0
  for (let index = 0; index < length; index++) {
    const residual = deviations[index]! - (index < at ? left : right)
    squares += residual * residual
    products += residual * before
    before = residual
  }
  const correlation = squares > 0 ? products / squares : 0
  return correlation > 2 / Math.sqrt(length) ? (1 + correlation) / (1 - correlation) : 1
}

function meanOf(values: Float64Array): number {
  let sum = 0
  for (const value of values) sum += value
  return sum / values.length
}
