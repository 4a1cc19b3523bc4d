/** A metric's name without its unit, in words: what names in other conventions are made of. */

import { splitFigure } from '../parts/loads/trial-name.ts'

/** Where a word in camelCase ends: `pacedForward`, `HTTPTime`. */
const humps = /(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/

/**
 * `['paced', 'forward', 'p99']` for `pacedForwardNs.p99`. Any name gives at least one word of ASCII letters
 * and digits. What its trial is called is not among them.
 */
export function metricBase(metric: string, unit: string): string[] {
  const words = splitFigure(metric)
    .plain.split('.')
    .flatMap((part) => {
      const own = wordsOf(part)
      return own.length > 1 && own.at(-1) === unit.toLowerCase() ? own.slice(0, -1) : own
    })
  return words.length === 0 ? ['metric'] : words
}

/** The words of a name, small: letters and digits, separated by anything else. */
export const wordsOf = (name: string): string[] =>
  name
    .split(/[^A-Za-z\d]+/)
    .flatMap((part) => part.split(humps))
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase())
