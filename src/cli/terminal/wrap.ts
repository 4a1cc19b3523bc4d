/** Texts within a number of columns. Pure. */
import { stripVTControlCharacters } from 'node:util'
import { whenWanted } from '../../words/when-wanted.ts'

const segmenter = whenWanted(() => new Intl.Segmenter())

/** Columns that a text takes, colours aside. */
export const textWidth = (text: string): number =>
  [...segmenter().segment(stripVTControlCharacters(text))].length

/** `text` without colours, cut to `width` columns, with an ellipsis where it was. */
export const fitted = (text: string, width: number): string =>
  textWidth(text) <= width ? text : `${text.slice(0, Math.max(0, width - 1)).trimEnd()}…`

export const asItIs = (word: string): string => word

/**
 * `text` in lines of `width` columns, broken between words where that can be.
 *
 * @param long what is made of a word that is wider than a line: it is cut unless otherwise said
 */
export function wrapped(text: string, width: number, long = fitted): string[] {
  const lines: string[] = ['']
  for (const word of wordsOf(text, width)) {
    const last = lines.at(-1) ?? ''
    const longer = last === '' ? word : `${last} ${word}`
    if (textWidth(longer) <= width) lines[lines.length - 1] = longer
    else if (last === '') lines[lines.length - 1] = long(word, width)
    else lines.push(long(word, width))
  }
  return lines
}

/** Words of `text`; an interval, as in `(−8 to −3)`, is one where a line has room for it. */
const wordsOf = (text: string, width: number): string[] =>
  text
    .replaceAll(/\([^()]*\d[^()]*\)/g, (group) =>
      textWidth(group) <= Math.min(width, widestInterval) ? group.replaceAll(' ', kept) : group,
    )
    .split(/[ \t\n]+/)
    .map((word) => word.replaceAll(kept, ' '))

/** Stands for a blank at which no line ends. */
const kept = '\u2060'
const widestInterval = 30

/** Lines after the first are set in. */
export const setIn = (sentence: string, width: number): string[] =>
  wrapped(sentence, width - 2).map((line, index) => (index === 0 ? line : `  ${line}`))

/**
 * Each line of `text` within `width` columns, broken between words; what follows is set in: below the text where a label
 * and two spaces are before it, else by two.
 */
export const hanging = (text: string, width: number): string =>
  text
    .split('\n')
    .flatMap((line) => (textWidth(line) <= width ? [line] : hangingLines(line, width)))
    .join('\n')

function hangingLines(line: string, width: number): string[] {
  const label = /^ *(?:\S+ {2,})?/.exec(line)?.[0] ?? ''
  const setInBy = label.trim() === '' ? label.length + 2 : textWidth(label)
  const rest = wrapped(line.slice(label.length), width - setInBy, asItIs)
  return rest.map((part, index) => (index === 0 ? label : ' '.repeat(setInBy)) + part)
}
