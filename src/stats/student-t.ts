import { bisect } from 'simple-statistics'

/** P(|T| ≤ √ν·tan θ) for ν whole degrees of freedom: Abramowitz, Stegun 1964, 26.7.3 and 26.7.4. */
const centralProbability = (angle: number, degreesOfFreedom: number): number => {
  const isOdd = degreesOfFreedom % 2 === 1
  const cosine = Math.cos(angle)
  let term = isOdd ? cosine : 1
  let sum = degreesOfFreedom === 1 ? 0 : term
  for (let power = isOdd ? 3 : 2; power <= degreesOfFreedom - 2; power += 2) {
    term *= ((power - 1) / power) * cosine * cosine
    sum += term
  }
  return isOdd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum
}

/** Where the sum stops: t at 1,000 degrees of freedom is 0.12 % above that of any more of them. */
const mostDegreesOfFreedom = 1000

/**
 * The t that Student's distribution stays within, on both sides of 0, with this probability: 2.776 for
 * 0.95 and 4 degrees of freedom.
 *
 * @param probability above 0 and below 1
 * @param degreesOfFreedom a whole number from 1
 */
export const studentT = (probability: number, degreesOfFreedom: number): number => {
  const summed = Math.min(degreesOfFreedom, mostDegreesOfFreedom)
  const lacking = (angle: number) => centralProbability(angle, summed) - probability
  return Math.sqrt(summed) * Math.tan(bisect(lacking, 0, Math.PI / 2, 100, 1e-14))
}

/**
 * How often Student's t lies at least this far from 0, to either side: 0.05 for 2.776 and 4 degrees of freedom.
 *
 * @param distance 0 or more; Infinity gives 0
 * @param degreesOfFreedom a whole number from 1
 */
export const studentTails = (distance: number, degreesOfFreedom: number): number => {
  const summed = Math.min(degreesOfFreedom, mostDegreesOfFreedom)
  return Math.min(1, Math.max(0, 1 - centralProbability(Math.atan(distance / Math.sqrt(summed)), summed)))
}
