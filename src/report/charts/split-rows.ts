/** How a load split over servers: a bar per path, divided by server, against equal shares. */
import { markup, type Html } from '../../page/escape.ts'
import { colour } from '../../page/palette.ts'
import { renderRows } from '../../page/row-chart.ts'
import type { SplitRow, SplitView } from '../view/split.ts'

/** From the first server to the last a path's colour fades, no further than can be seen. */
const opacityOf = (index: number, count: number): string =>
  (0.75 - (0.5 * index) / Math.max(1, count - 1)).toFixed(2)

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`

const bar = ({ colour: paint, shares }: SplitRow): Html => {
  let from = 0
  const parts = shares.map((share, index) => {
    const x = from
    from += share
    return markup`<rect x="${percent(x)}" width="${percent(Math.max(0, share - 0.004))}" y="15%" height="70%" fill="${colour(paint)}" opacity="${opacityOf(index, shares.length)}"/>`
  })
  const equal = shares.slice(1).map((_, index) => percent((index + 1) / shares.length))
  return markup`${parts}${equal.map((x) => markup`<line x1="${x}" x2="${x}" y2="100%" stroke="${colour('ink')}" stroke-width="1.4" stroke-dasharray="3 3"/>`)}`
}

/** The servers' names stand above their equal shares; dashed lines part these. */
export const splitRows = ({ servers, rows }: SplitView): Html =>
  markup`<ol class="shares">${servers.map((server) => markup`<li>${server}</li>`)}</ol>${renderRows(rows.map((row) => ({ name: row.path, drawing: bar(row), value: row.shares.length > 2 ? '' : row.label, hint: `${row.path}: ${row.label} %` })))}`
