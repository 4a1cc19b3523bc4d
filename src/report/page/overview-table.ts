/** The table that stands first where paths are many, a row per path. */
import { markup, type Html } from '../../page/escape.ts'
import { scrollBox } from '../../page/table.ts'
import { typeset } from '../../page/typeset.ts'
import type { Overview, OverviewRow } from '../view/overview.ts'

const row = ({ fate, cells }: OverviewRow, columns: Overview['columns']): Html => {
  const [name = '', ...others] = cells
  const verdict = others.pop() ?? ''
  return markup`<tr${fate === 'yardstick' ? markup` class="yardstick"` : undefined}><th scope="row">${name}</th>${others.map((cell, index) => markup`<td${columns[index + 1]?.isNumeric ? markup` class="n"` : undefined}>${typeset(cell)}</td>`)}<td class="verdict verdict-${fate}">${verdict}</td></tr>`
}

/** In a box of its own that scrolls, its first column staying in sight. */
export const renderOverview = ({ caption, columns, rows }: Overview): Html =>
  scrollBox(
    caption,
    markup`<table class="frozen"><caption>${caption}</caption><thead><tr>${columns.map(({ title, isNumeric }) => markup`<th scope="col"${isNumeric ? markup` class="n"` : undefined}>${title}</th>`)}</tr></thead><tbody>${rows.map((each) => row(each, columns))}</tbody></table>`,
  )
