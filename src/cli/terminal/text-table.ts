/** Tables for the terminal. */
import { stripVTControlCharacters } from 'node:util'

export interface Column {
  readonly title: string
  readonly align: 'left' | 'right'
}

const segmenter = new Intl.Segmenter()

/** Columns that a text takes, colours aside. */
export const textWidth = (text: string): number =>
  [...segmenter.segment(stripVTControlCharacters(text))].length

/** Rows under their titles, columns two spaces apart; cells may carry colours. */
export function textTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const lines = [columns.map(({ title }) => title), ...rows]
  const widths = columns.map((_, column) => Math.max(...lines.map((cells) => textWidth(cells[column] ?? ''))))
  return lines
    .map((cells) =>
      columns
        .map(({ align }, column) => {
          const cell = cells[column] ?? ''
          const gap = ' '.repeat((widths[column] ?? 0) - textWidth(cell))
          return align === 'left' ? cell + gap : gap + cell
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** `text` without colours, cut to `width` columns, with an ellipsis where it was. */
export const fitted = (text: string, width: number): string =>
  textWidth(text) <= width ? text : `${text.slice(0, Math.max(0, width - 1)).trimEnd()}…`

/** `text` in lines of `width` columns, broken between words where that can be. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = ['']
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1) ?? ''
    const longer = last === '' ? word : `${last} ${word}`
    if (textWidth(longer) <= width) lines[lines.length - 1] = longer
    else if (last === '') lines[lines.length - 1] = fitted(word, width)
    else lines.push(fitted(word, width))
  }
  return lines
}

/** Lines after the first are set in. */
export const setIn = (sentence: string, width: number): string[] =>
  wrapped(sentence, width - 2).map((line, index) => (index === 0 ? line : `  ${line}`))
