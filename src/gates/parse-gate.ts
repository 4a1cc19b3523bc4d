/**
 * The words of a gate, in the manner of
 *
 *     gate       = "valid" | "regression" "<=" percentage | figure comparator limit
 *     figure     = path "." metric [ "." "ratio" ]
 *     comparator = ">=" | "<="
 *     limit      = ratio, for a ratio; else number with the metric's unit
 */
import { didYouMean } from '../host/nearest.ts'
import { levelLimit, LimitError, ratioLimit, regressionLimit } from './limit.ts'
import { metricOf } from './metric-name.ts'
import type { Comparator, Gate } from './rule.ts'

type Parsed = Pick<Gate, 'rule' | 'places'>

/** Something that is not as expected. */
export class GateError extends Error {
  /** Where in the gate's text, from 0. */
  readonly offset: number

  constructor(message: string, offset: number) {
    super(message)
    this.offset = offset
  }
}

/** Left side, comparator, right side, with the spaces between them. */
const shape = /^(\s*)([^\s<>=!]*)(\s*)([<>=!]*)(\s*)(.*?)\s*$/
const nowhere = { path: 0, metric: 0 }

/** Reads one gate. @throws GateError */
export function parseGate(text: string): Parsed {
  const [, before = '', left = '', gap = '', sign = '', gapAfter = '', right = ''] = shape.exec(text) ?? []
  const leftAt = before.length
  const signAt = leftAt + left.length + gap.length
  const rightAt = signAt + sign.length + gapAfter.length
  if (left === 'valid') {
    if (sign + right !== '') throw new GateError('expected nothing after "valid"', signAt)
    return { rule: { kind: 'valid' }, places: nowhere }
  }
  if (left === 'regression') {
    if (sign !== '<=')
      throw new GateError(`expected "<=", as in regression <= 3%, not ${quoted(sign || right)}`, signAt)
    return {
      rule: { kind: 'regression', limit: limitAt(rightAt, () => regressionLimit(right)) },
      places: nowhere,
    }
  }
  if (!left.includes('.'))
    throw new GateError(
      `expected "valid", "regression" or a figure such as redirect.throughputPps.ratio, not ${quoted(left)}${didYouMean(left, ['valid', 'regression'])}`,
      leftAt,
    )
  return parseFigure(
    left,
    leftAt,
    { text: sign, offset: signAt, next: right },
    { text: right, offset: rightAt },
  )
}

interface Placed {
  readonly text: string
  readonly offset: number
}

function parseFigure(
  left: string,
  leftAt: number,
  sign: Placed & { readonly next: string },
  right: Placed,
): Parsed {
  const [path = '', ...words] = left.split('.')
  const metricAt = leftAt + path.length + 1
  const wordAt = (index: number): number =>
    metricAt + words.slice(0, index).reduce((sum, word) => sum + word.length + 1, 0)
  if (path === '') throw new GateError('expected the name of a path', leftAt)
  const named = metricOf(words)
  if ('message' in named) throw new GateError(named.message, wordAt(named.word))
  const { metric, words: used } = named
  const [last, ...surplus] = words.slice(used)
  if (last !== undefined && (last !== 'ratio' || surplus.length > 0))
    throw new GateError(
      last === 'ratio'
        ? 'expected nothing after ".ratio"'
        : `expected ".ratio" or nothing after ${metric.name}, not ".${last}"${didYouMean(last, ['ratio'])}`,
      wordAt(used + (last === 'ratio' ? 1 : 0)),
    )
  const isRatio = last === 'ratio'
  if (isRatio && metric.unit === 'ratio')
    throw new GateError(`${metric.name} may be 0, and has no ratio: leave out ".ratio"`, wordAt(used))
  const comparator = comparatorOf(sign)
  const limit = limitAt(right.offset, () =>
    isRatio ? ratioLimit(right.text) : levelLimit(right.text, metric),
  )
  const kind = isRatio ? 'ratio' : 'level'
  return {
    rule: { kind, path, metric: metric.name, comparator, limit },
    places: { path: leftAt, metric: metricAt },
  }
}

function comparatorOf({ text, offset, next }: Placed & { readonly next: string }): Comparator {
  if (text === '>=' || text === '<=') return text
  throw new GateError(`expected ">=" or "<=", not ${quoted(text || next)}`, offset)
}

function limitAt(offset: number, read: () => number): number {
  try {
    return read()
  } catch (error) {
    if (error instanceof LimitError) throw new GateError(error.message, offset)
    throw error
  }
}

const quoted = (text: string): string => (text === '' ? 'the end' : `"${text}"`)
