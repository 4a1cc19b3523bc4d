/** The values that a sweep gives a setting, as they are typed: `64,512,1472` or `10k..500k/6`. Pure. */
import { BenchError } from '../../host/errors.ts'

/** A setting and the values that it takes in turn. */
export interface Axis {
  readonly name: string
  readonly values: readonly AxisValue[]
}

export type AxisValue = number | string

/** So many values of one setting, and points of all settings, are more than anybody waits for. */
export const mostValues = 100
export const mostPoints = 1000

const example = 'payload=64,512,1472 or rate=10k..500k/6'

/** @throws BenchError `usage` */
export function parseAxis(text: string): Axis {
  const [, name, values] = /^([\w.-]+)=(.+)$/s.exec(text) ?? []
  if (name === undefined || values === undefined)
    throw wrongAxis(`--sweep ${text}`, 'a setting and its values')
  return { name, values: parseAxisValues(values, `--sweep ${text}`) }
}

/**
 * @param what where the text stands, for errors
 * @throws BenchError `usage`
 */
export function parseAxisValues(text: string, what: string): AxisValue[] {
  const values = text.includes('..') ? rangeOf(text, what) : text.split(',').map(valueOf)
  if (values.some((value) => value === '')) throw wrongAxis(what, 'a value between commas')
  const distinct = [...new Set(values)]
  if (distinct.length !== values.length) throw wrongAxis(what, 'every value once')
  if (values.length > mostValues) throw wrongAxis(what, `at most ${mostValues} values`)
  return values
}

/** `10k..500k/6`: six values from the first to the last, each the same multiple of the one before. */
function rangeOf(text: string, what: string): AxisValue[] {
  const [, from = '', to = '', steps] = /^(.+?)\.\.([^/]+)(?:\/(\d+))?$/.exec(text) ?? []
  const [first, last, count] = [valueOf(from), valueOf(to), Number(steps ?? 5)]
  if (typeof first !== 'number' || typeof last !== 'number' || first >= last || count < 2)
    throw wrongAxis(what, 'a range of numbers FROM..TO/COUNT')
  if (count > mostValues) throw wrongAxis(what, `at most ${mostValues} values`)
  const shares = Array.from({ length: count }, (_, index) => index / (count - 1))
  const between = (share: number) =>
    first > 0 ? first * (last / first) ** share : first + (last - first) * share
  const isWhole = Number.isInteger(first) && Number.isInteger(last)
  return [...new Set(shares.map((share) => (isWhole ? Math.round(between(share)) : between(share))))]
}

const multiples: Readonly<Record<string, number>> = { '': 1, k: 1000, M: 1_000_000 }

/** A number, by thousands with k and by millions with M; else the text. */
export function valueOf(text: string): AxisValue {
  const [, digits, unit = ''] = /^\s*(-?\d+(?:\.\d+)?)([kM]?)\s*$/.exec(text) ?? []
  return digits === undefined ? text.trim() : Number(digits) * multiples[unit]!
}

const wrongAxis = (what: string, expected: string): BenchError =>
  new BenchError(`Could not use ${what}: expected ${expected}, as in ${example}`, { trouble: 'usage' })
