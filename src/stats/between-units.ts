/**
 * What units, such as hosts, have in common and differ by, where each has an estimate of its own. The unit counts once: more
 * measuring on one makes its estimate better, and their number no greater.
 */
import { bisect, mean, sampleVariance, sum } from 'simple-statistics'
import { chiSquaredQuantile } from './chi-squared.ts'
import { studentT } from './student-t.ts'

/** A unit's estimate, with the square of its standard error. */
export interface UnitEstimate {
  readonly value: number
  readonly variance: number
}

/** An estimate with its interval. */
export interface UnitInterval {
  readonly estimate: number
  readonly low: number
  readonly high: number
}

const valuesOf = (units: readonly UnitEstimate[]): number[] => units.map(({ value }) => value)

/** Variance of the mean of units: as they scatter, and no less than their own errors make it. */
const varianceOfMean = (units: readonly UnitEstimate[]): number =>
  Math.max(
    units.length < 2 ? 0 : sampleVariance(valuesOf(units)),
    mean(units.map(({ variance }) => variance)),
  ) / units.length

const around = (estimate: number, halfWidth: number): UnitInterval => ({
  estimate,
  low: estimate - halfWidth,
  high: estimate + halfWidth,
})

/**
 * The mean of all units that there could be, of which these are a sample: Student's t of their values.
 *
 * @param units two or more
 */
export const meanOfUnits = (units: readonly UnitEstimate[], confidence: number): UnitInterval =>
  around(mean(valuesOf(units)), studentT(confidence, units.length - 1) * Math.sqrt(varianceOfMean(units)))

/** Squares of distances to the weighted mean, in variances: about one less than there are units where `between` is right. */
function generalQ(units: readonly UnitEstimate[], between: number): number {
  const weights = units.map(({ variance }) => 1 / (variance + between))
  const centre = sum(units.map(({ value }, index) => value * weights[index]!)) / sum(weights)
  return sum(units.map(({ value }, index) => weights[index]! * (value - centre) ** 2))
}

/**
 * The standard deviation between units, beyond what their own errors make: Paule and Mandel's estimate, with an interval by
 * the Q profile.
 *
 * Source: Viechtbauer 2007, "Confidence intervals for the amount of heterogeneity in meta-analysis", Stat. Med. 26(1).
 *
 * @param units two or more, with variances above 0
 */
export function spreadOfUnits(units: readonly UnitEstimate[], confidence: number): UnitInterval {
  const freedom = units.length - 1
  const tail = (1 - confidence) / 2
  const at = (target: number): number => Math.sqrt(betweenAt(units, target))
  return {
    estimate: at(freedom),
    low: at(chiSquaredQuantile(1 - tail, freedom)),
    high: at(chiSquaredQuantile(tail, freedom)),
  }
}

/** The variance between units at which Q, which falls with it, is `target`: 0 where it is below that from the start. */
function betweenAt(units: readonly UnitEstimate[], target: number): number {
  if (generalQ(units, 0) <= target) return 0
  let high = Math.max(...units.map(({ variance }) => variance))
  while (generalQ(units, high) > target) high *= 4
  return bisect((between: number) => generalQ(units, between) - target, 0, high, 300, high * 1e-12)
}

/**
 * How far the mean of some units lies above that of others, by Welch's t.
 *
 * Source: Welch 1947, "The generalization of 'Student's' problem when several different population variances are involved",
 * Biometrika 34.
 *
 * @param one two or more @param other two or more
 */
export function differenceOfUnits(
  one: readonly UnitEstimate[],
  other: readonly UnitEstimate[],
  confidence: number,
): UnitInterval {
  const [a, b] = [varianceOfMean(one), varianceOfMean(other)]
  // Down to a whole number: rather too wide.
  const freedom = Math.floor((a + b) ** 2 / (a ** 2 / (one.length - 1) + b ** 2 / (other.length - 1)))
  return around(
    mean(valuesOf(one)) - mean(valuesOf(other)),
    studentT(confidence, Math.max(1, freedom)) * Math.sqrt(a + b),
  )
}

/** Of fewer others hardly anything could be said to be unlike them. */
export const fewestOthers = 3

/**
 * How far a unit lies from what one more of the others' kind would be expected at: the deleted residual.
 *
 * @param others at least `fewestOthers`
 */
export function distanceFromOthers(
  unit: UnitEstimate,
  others: readonly UnitEstimate[],
  confidence: number,
): UnitInterval {
  const between = varianceOfMean(others) * others.length
  const deviation = Math.sqrt(Math.max(between, unit.variance) + between / others.length)
  return around(unit.value - mean(valuesOf(others)), studentT(confidence, others.length - 1) * deviation)
}
