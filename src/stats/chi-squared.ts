/** Chi-squared, the sum of the squares of as many standard normal numbers as it has degrees of freedom. */
import { bisect, gammaln } from 'simple-statistics'

/** P(X ≤ x), by the series of the incomplete gamma function: Abramowitz, Stegun 1964, 6.5.29. */
function probabilityBelow(x: number, degreesOfFreedom: number): number {
  if (x <= 0) return 0
  const [shape, half] = [degreesOfFreedom / 2, x / 2]
  let term = Math.exp(shape * Math.log(half) - half - gammaln(shape + 1))
  let sum = 0
  for (let n = 1; term > sum * 1e-16; n++) {
    sum += term
    term *= half / (shape + n)
  }
  return sum
}

/**
 * The value that chi-squared stays below with this probability: 9.488 for 0.95 and 4 degrees of freedom.
 *
 * @param probability above 0 and below 1
 * @param degreesOfFreedom a whole number from 1
 */
export const chiSquaredQuantile = (probability: number, degreesOfFreedom: number): number => {
  let high = degreesOfFreedom + 10
  while (probabilityBelow(high, degreesOfFreedom) < probability) high *= 2
  return bisect((x: number) => probabilityBelow(x, degreesOfFreedom) - probability, 0, high, 200, 1e-10)
}
