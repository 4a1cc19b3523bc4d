/** Did-you-mean. */
import { closest, distance } from 'fastest-levenshtein'

/** The word of `words` that `word` was probably meant to be, or undefined if none is near. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  if (words.length === 0) return undefined
  const candidate = closest(word, words)
  return distance(word, candidate) <= Math.max(2, Math.floor(candidate.length / 3)) ? candidate : undefined
}

/** `; did you mean "x"?`, or nothing. */
export function didYouMean(word: string, words: readonly string[]): string {
  const candidate = nearest(word, words)
  return candidate === undefined ? '' : `; did you mean "${candidate}"?`
}
