/** Tables: in a box of their own that scrolls, since a telephone is narrower than most. */
import { markup, type Html } from './escape.ts'
import type { Column, TableView } from './table-view.ts'

const numeric = (column: Column | undefined): Html | undefined =>
  column?.isNumeric ? markup` class="n"` : undefined

const failing = (text: string): Html =>
  text === 'does not hold' ? markup`<span class="fails">${text}</span>` : markup`${text}`

const rowOf = (cells: readonly string[], columns: readonly Column[]): Html => {
  const [first = '', ...others] = cells
  return markup`<tr><th scope="row"${numeric(columns[0])}>${first}</th>${others.map((cell, index) => markup`<td${numeric(columns[index + 1])}>${failing(cell)}</td>`)}</tr>`
}

/** The box of a table: it scrolls by itself where the page is narrower. */
export const scrollBox = (caption: string, table: Html): Html =>
  markup`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">${table}</div>`

/** A table with its caption and headings. */
export const renderTable = ({ caption, columns, rows }: TableView): Html =>
  scrollBox(
    caption,
    markup`<table><caption>${caption}</caption><thead><tr>${columns.map((column) => markup`<th scope="col"${numeric(column)}>${column.title}</th>`)}</tr></thead><tbody>${rows.map((row) => rowOf(row, columns))}</tbody></table>`,
  )

/** A table behind a summary that opens it. */
export const renderTableBehind = (summary: string, table: TableView): Html =>
  markup`<details><summary>${summary}</summary>${renderTable(table)}</details>`
