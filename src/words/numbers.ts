/**
 * How numbers are written: one set of formatters for the terminal and the report.
 *
 * The minus is U+2212; a space stands between number and unit (SI brochure, 5.4.3).
 */

import { units, type Step, stepFor, stepsOf } from '../parts/metrics/units.ts'
import { whenWanted } from './when-wanted.ts'

const byteSteps: readonly [Step, ...Step[]] = [
  { factor: 1, name: 'B' },
  { factor: 2 ** 10, name: 'KiB' },
  { factor: 2 ** 20, name: 'MiB' },
  { factor: 2 ** 30, name: 'GiB' },
]

/** A point with its interval, if there is one. */
interface Interval {
  readonly estimate: number
  readonly low: number | null
  readonly high: number | null
}

const magnitude = (value: number): number => (value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value))))

/** More decimals than any measured figure has. */
const mostDecimals = 20

/** `value` with `digits` decimals, up to 20, and a true minus; never a negative zero. */
export const formatNumber = (value: number, digits: number): string => {
  const text = Math.abs(value).toFixed(Math.min(digits, mostDecimals))
  return value < 0 && Number(text) !== 0 ? `−${text}` : text
}

const signed = (value: number, digits: number): string => {
  const text = formatNumber(value, digits)
  return value > 0 && Number(text) !== 0 ? `+${text}` : text
}

const threeDigits = (value: number): string =>
  formatNumber(value, Math.max(0, 2 - magnitude(Number(value.toPrecision(3)))))

/** Less of any unit than can be measured of it. */
const leastShown = 1e-12

const scaled = (value: number, steps: readonly [Step, ...Step[]]): string => {
  if (Math.abs(value) < leastShown) return `0 ${steps[0].name}`
  const step = stepFor(value, steps)
  return `${threeDigits(value / step.factor)} ${step.name}`
}

/** A time in ns, with 3 significant digits in ns, µs, ms or s. */
export const formatDuration = (ns: number): string => scaled(ns, units.ns.steps)

/** A packet rate, with 3 significant digits in pps, kpps or Mpps. */
export const formatRate = (pps: number): string => scaled(pps, units.pps.steps)

/** A size in bytes, with 3 significant digits in binary multiples. */
export const formatBytes = (bytes: number): string => scaled(bytes, byteSteps)

/** Making one takes longer than formatting a hundred numbers by it. */
const countFormat = whenWanted(() => new Intl.NumberFormat('en'))

/** A whole number with thousands separated by commas. */
export const formatCount = (value: number): string => countFormat().format(value)

const numberWords = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']

/** A small whole number in words: `four`. */
export const formatCountWord = (value: number): string => numberWords[value] ?? formatCount(value)

/** `text` with a capital. */
export const capitalised = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

/** A share in 0..1 as a percentage, with as many decimals as `digits` says. */
export const formatShare = (share: number, digits = 1): string => `${formatNumber(share * 100, digits)} %`

/** A ratio to 1 as a signed percentage: 1.06 is `+6.0 %`. */
export const formatChange = (ratio: number, digits = 1): string => `${signed((ratio - 1) * 100, digits)} %`

/** Both ends of an interval of ratios as signed percentages, where the unit has been said: `−0.4 to +1.6`. */
export const formatBareChangeRange = (low: number, high: number, digits = 1): string =>
  `${signed((low - 1) * 100, digits)} to ${signed((high - 1) * 100, digits)}`

/** The same with its unit: `−0.4 to +1.6 %`. */
export const formatChangeRange = (low: number, high: number, digits = 1): string =>
  `${formatBareChangeRange(low, high, digits)} %`

/** A ratio with its interval: `+5.7 % (+4.4 to +6.6 %)`. */
export const ratioText = ({ estimate, low, high }: Interval): string => {
  const digits = percentDigits(low, high)
  const change = formatChange(estimate, digits)
  return low === null || high === null ? change : `${change} (${formatChangeRange(low, high, digits)})`
}

/** From here on the two sides of a margin differ too much to be written as one number. */
const leastTwoSidedMargin = 0.05

/**
 * A margin of equivalence: 0.01 is `±1 %`. A wide one is written as the band from 1 / (1 + margin) to
 * 1 + margin that it stands for: 0.24 is `−19 to +24 %`.
 */
export const formatMargin = (margin: number): string =>
  margin < leastTwoSidedMargin
    ? `±${Number((margin * 100).toFixed(margin < 0.001 ? 2 : 1))} %`
    : formatChangeRange(1 / (1 + margin), 1 + margin, 0)

/** Decimals of a percentage that suit an interval from `low` to `high`, given as ratios. */
export const percentDigits = (low: number | null, high: number | null): number => {
  if (low === null || high === null) return 1
  const halfWidthPercent = (high - low) * 50
  if (halfWidthPercent >= 2) return 0
  return halfWidthPercent < 0.1 ? 2 : 1
}

/** A p-value with two significant digits; below 0.001 only that it is. */
export const formatPValue = (pValue: number | null): string => {
  if (pValue === null) return 'none'
  if (pValue < 0.001) return '< 0.001'
  return pValue >= 0.0995 ? pValue.toFixed(2) : pValue.toPrecision(2)
}

/** A value in a metric's own unit: `ns`, `pps`, `rps`, `ratio` (as a percentage) or any other. */
export const formatValue = (unit: string, value: number): string =>
  unit === 'ratio' ? formatShare(value, 3) : scaled(value, stepsOf(unit))

/** The same in one: `184 kpps (180 to 188 kpps)`. */
export const formatIntervalText = (unit: string, interval: Interval): string => {
  const { value, range } = formatInterval(unit, interval)
  return range === undefined ? value : `${value} (${range})`
}

export interface IntervalText {
  readonly value: string
  /** `180 to 188 kpps`, or undefined where there is no interval. */
  readonly range: string | undefined
}

/** A point and its interval in one unit, with decimals enough to tell the ends from the point. */
export const formatInterval = (unit: string, { estimate, low, high }: Interval): IntervalText => {
  if (low === null || high === null) return { value: formatValue(unit, estimate), range: undefined }
  const step = stepFor(estimate, stepsOf(unit))
  const halfWidth = (high - low) / 2 / step.factor
  const forPoint = 2 - magnitude(estimate / step.factor)
  const forInterval = halfWidth === 0 ? 0 : -magnitude(halfWidth)
  const digits = Math.min(3, Math.max(0, forPoint, forInterval))
  const [value, from, to] = [estimate, low, high].map((end) => formatNumber(end / step.factor, digits))
  return { value: `${value} ${step.name}`, range: `${from} to ${to} ${step.name}` }
}

const dateFormat = whenWanted(
  () => new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }),
)

/** An ISO instant as `12 November 2026 at 14:03 UTC`. */
export const formatInstant = (iso: string): string => `${dateFormat().format(new Date(iso))} UTC`
