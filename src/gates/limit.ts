/** The limit of a gate: a number with its unit. Throws what is wrong as text. */
import type { Metric } from '../record/metrics.ts'
import { didYouMean } from '../host/nearest.ts'
import { type Unit, units } from '../parts/metrics/units.ts'

/** A limit that cannot be: why, in words. */
export class LimitError extends Error {}

const numberWithUnit = /^([+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)\s*(\S*)$/

/** Factors by name. A map, as what a user writes is looked up: an object knows `constructor`, too. */
const factorsOf = (unit: Unit): ReadonlyMap<string, number> =>
  new Map([
    ...units[unit].steps.map(({ name, factor }) => [name, factor] as const),
    ...Object.entries(units[unit].also),
  ])

const parts = (text: string, expected: string): { value: number; unit: string } => {
  const match = numberWithUnit.exec(text)
  if (match === null)
    throw new LimitError(`expected ${expected}, not ${text === '' ? 'the end' : `"${text}"`}`)
  return { value: Number(match[1]), unit: match[2] ?? '' }
}

/** A limit of a metric's own value, in the metric's unit. @throws LimitError */
export function levelLimit(text: string, { unit: metricUnit }: Metric): number {
  const expected = units[metricUnit].example
  const factors = factorsOf(metricUnit)
  const { value, unit } = parts(text, expected)
  const factor = factors.get(unit)
  if (factor === undefined)
    throw new LimitError(
      `expected ${expected}, not "${text}"${unit === '' ? '' : didYouMean(unit, [...factors.keys()])}`,
    )
  if (!Number.isFinite(value * factor)) throw new LimitError(`expected ${expected}: "${text}" is too large`)
  if (value < 0) throw new LimitError(`expected ${expected}: no value is below 0`)
  return value * factor
}

const ratioExample = 'a ratio, as in 1.02 or 102%'

/** Ratios beyond these are slips: a change of +5 % is a ratio of 105 %, and not of 5 %. */
const ratioBounds = { least: 0.1, most: 100 }

/** A limit of a ratio to the baseline path. @throws LimitError */
export function ratioLimit(text: string): number {
  const { value, unit } = parts(text, ratioExample)
  const factor = factorsOf('ratio').get(unit)
  if (factor === undefined)
    throw new LimitError(`expected ${ratioExample}, not "${text}": a ratio has no unit`)
  const ratio = value * factor
  if (/^[+-]/.test(text) || !(ratio >= ratioBounds.least && ratio <= ratioBounds.most))
    throw new LimitError(
      `expected ${ratioExample}, not "${text}": a ratio is path / baseline, so that 2 % more is 1.02`,
    )
  return ratio
}

/** A limit of regression as a share: 0.03 for 3%. @throws LimitError */
export function regressionLimit(text: string): number {
  const expected = 'a percentage above 0 and below 100, as in 3%'
  const { value, unit } = parts(text, expected)
  if (unit !== '%' || !(value > 0 && value < 100)) throw new LimitError(`expected ${expected}, not "${text}"`)
  return value / 100
}
