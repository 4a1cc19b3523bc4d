/** Tables for the terminal. */
import { roomForResults } from './output.ts'
import { asItIs, textWidth, wrapped } from './wrap.ts'

export interface Column {
  readonly title: string
  readonly align: 'left' | 'right'
}

/** Between two columns. */
const gap = '  '

/** Narrower than this a column is not made. */
const leastWidth = 8

/**
 * Rows under their titles, columns two spaces apart; cells may carry colours.
 *
 * @param width that of the terminal: where the rows are wider, the widest columns are made narrower, and their cells broken
 * between words into lines below each other. A word is never cut. What is no terminal has room for all.
 */
export function textTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width = roomForResults(),
): string {
  const lines = [columns.map(({ title }) => title), ...rows]
  const widths = fittingWidths(lines, columns.length, width)
  return lines.flatMap((cells) => tableLines(columns, cells, widths)).join('\n')
}

/** What each column takes. A cell that is alone in its row may reach over them all. */
function fittingWidths(lines: readonly (readonly string[])[], count: number, width: number): number[] {
  const beside = lines.filter((cells) => cells.length > 1)
  const most = (measure: (cell: string) => number) => (_: unknown, column: number) =>
    Math.max(...(beside.length === 0 ? lines : beside).map((cells) => measure(cells[column] ?? '')))
  const widths = Array.from({ length: count }, most(textWidth))
  const least = Array.from({ length: count }, most(longestWord)).map((word, column) =>
    Math.min(Math.max(word, leastWidth), widths[column] ?? 0),
  )
  // Where no width would do, a terminal's own way with long lines is the lesser evil.
  if (widthOf(least) > width) return widths
  const isWider = (column: number, than: number) => (widths[column] ?? 0) > (widths[than] ?? 0)
  let over = widthOf(widths) - width
  while (over > 0) {
    const narrowable = [...widths.keys()].filter((column) => (widths[column] ?? 0) > (least[column] ?? 0))
    if (narrowable.length === 0) break
    const widest = narrowable.reduce((most, column) => (isWider(column, most) ? column : most))
    widths[widest] = (widths[widest] ?? 0) - 1
    over -= 1
  }
  return widths
}

const widthOf = (widths: readonly number[]): number =>
  widths.reduce((sum, one) => sum + one + gap.length, -gap.length)

const longestWord = (cell: string): number => Math.max(...cell.split(' ').map(textWidth))

/** A row, in as many lines as its tallest cell. */
function tableLines(
  columns: readonly Column[],
  cells: readonly string[],
  widths: readonly number[],
): string[] {
  const [first = ''] = cells
  if (cells.length === 1 && textWidth(first) > (widths[0] ?? 0)) return [first]
  const broken = columns.map((_, column) => cellLines(cells[column] ?? '', widths[column] ?? 0))
  return Array.from({ length: Math.max(...broken.map((lines) => lines.length)) }, (_, line) =>
    columns
      .map(({ align }, column) => {
        const cell = broken[column]?.[line] ?? ''
        const spaces = ' '.repeat((widths[column] ?? 0) - textWidth(cell))
        return align === 'left' ? cell + spaces : spaces + cell
      })
      .join(gap)
      .trimEnd(),
  )
}

/** A cell in lines of its column; one in a colour has it in each. */
function cellLines(cell: string, width: number): string[] {
  if (textWidth(cell) <= width) return [cell]
  const [, begin = '', text = cell, end = ''] =
    /^((?:\u001B\[\d+m)*)(.*?)((?:\u001B\[\d+m)*)$/.exec(cell) ?? []
  return wrapped(text, width, asItIs).map((line) => `${begin}${line}${end}`)
}
