/** The limit of a gate: a number with its unit. Throws what is wrong as text. */
import type { Metric } from '../record/metrics.ts'
import { didYouMean } from '../host/nearest.ts'

/** A limit that cannot be: why, in words. */
export class LimitError extends Error {}

const numberWithUnit = /^([+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)\s*(\S*)$/

/** Factors by unit. Maps, as what a user writes is looked up: an object knows `constructor`, too. */
const unitsOf: Readonly<Record<Metric['unit'], ReadonlyMap<string, number>>> = {
  ns: new Map(Object.entries({ ns: 1, us: 1e3, µs: 1e3, μs: 1e3, ms: 1e6, s: 1e9 })),
  pps: new Map(Object.entries({ pps: 1, kpps: 1e3, Mpps: 1e6 })),
  rps: new Map(Object.entries({ rps: 1, 'req/s': 1, krps: 1e3, 'kreq/s': 1e3 })),
  tps: new Map(Object.entries({ tps: 1, 'trans/s': 1, ktps: 1e3, 'ktrans/s': 1e3 })),
  Bps: new Map(
    Object.entries({
      Bps: 1,
      'B/s': 1,
      'kB/s': 1e3,
      'MB/s': 1e6,
      'GB/s': 1e9,
      'Mbit/s': 1.25e5,
      'Gbit/s': 1.25e8,
    }),
  ),
  ratio: new Map(Object.entries({ '%': 0.01, '': 1 })),
}

const examples: Readonly<Record<Metric['unit'], string>> = {
  ns: 'a time with its unit, as in 20us',
  pps: 'a packet rate with its unit, as in 300kpps',
  rps: 'a rate with its unit, as in 25kreq/s',
  tps: 'a rate with its unit, as in 40ktrans/s',
  Bps: 'a rate with its unit, as in 2GB/s or 16Gbit/s',
  ratio: 'a share, as in 0.1% or 0.001',
}

const parts = (text: string, expected: string): { value: number; unit: string } => {
  const match = numberWithUnit.exec(text)
  if (match === null)
    throw new LimitError(`expected ${expected}, not ${text === '' ? 'the end' : `"${text}"`}`)
  return { value: Number(match[1]), unit: match[2] ?? '' }
}

/** A limit of a metric's own value, in the metric's unit. @throws LimitError */
export function levelLimit(text: string, { unit: metricUnit }: Metric): number {
  const expected = examples[metricUnit]
  const { value, unit } = parts(text, expected)
  const factor = unitsOf[metricUnit].get(unit)
  if (factor === undefined)
    throw new LimitError(
      `expected ${expected}, not "${text}"${unit === '' ? '' : didYouMean(unit, [...unitsOf[metricUnit].keys()])}`,
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
  const factor = unitsOf.ratio.get(unit)
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
