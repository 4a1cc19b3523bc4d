/** How a load split over servers: a bar a path, parted by server, against equal shares. */
import { markup, type Html } from '../../page/escape.ts'
import { fitText } from '../../page/fit-text.ts'
import { colour } from '../../page/palette.ts'
import { barShape, nameCharacter, valueWidth, type BarShape } from './bar-shape.ts'
import type { SplitRow, SplitView } from '../view/split.ts'

const rowHeight = 28
const barHeight = 15
const headHeight = 22

/** From the first server to the last a path's colour fades, no further than can be seen. */
const opacityOf = (index: number, count: number): string =>
  (0.75 - (0.5 * index) / Math.max(1, count - 1)).toFixed(2)

const bar = (
  { path, colour: paint, shares, label }: SplitRow,
  line: number,
  { nameWidth, textWidth, plot }: BarShape,
): Html => {
  const middle = headHeight + (line + 0.5) * rowHeight
  let x = nameWidth
  const parts = shares.map((share, index) => {
    const start = x
    x += share * plot
    return markup`<rect x="${start.toFixed(1)}" y="${middle - barHeight / 2}" width="${Math.max(0, share * plot - 1).toFixed(1)}" height="${barHeight}" fill="${colour(paint)}" opacity="${opacityOf(index, shares.length)}"/>`
  })
  const text = shares.length > 2 ? '' : label
  return markup`${parts}<text x="${nameWidth - 8}" y="${middle + 4.5}" text-anchor="end">${fitText(path, textWidth, nameCharacter)}</text><text x="${nameWidth + plot + 8}" y="${middle + 4.5}">${text}</text>`
}

const heading = (server: string, index: number, count: number, { nameWidth, plot }: BarShape): Html => {
  const share = plot / count
  return markup`<text x="${(nameWidth + (index + 0.5) * share).toFixed(1)}" y="13" text-anchor="middle" class="quiet-text">${fitText(server, share - 4, 6.4)}</text>`
}

const equalShare = (index: number, count: number, height: number, { nameWidth, plot }: BarShape): Html => {
  const x = (nameWidth + (plot * index) / count).toFixed(1)
  return markup`<line x1="${x}" x2="${x}" y1="4" y2="${height}" stroke="${colour('ink')}" stroke-width="1.4" stroke-dasharray="3 3"/>`
}

/** The drawing; it fits a telephone. Dashed lines part equal shares. */
export const splitBars = ({ servers, rows }: SplitView): Html => {
  const shape = barShape(rows.map(({ path }) => path))
  const width = shape.nameWidth + shape.plot + valueWidth
  const height = headHeight + rows.length * rowHeight
  const parts = servers.slice(1).map((_, index) => equalShare(index + 1, servers.length, height, shape))
  return markup`<svg class="bars" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" aria-hidden="true">${servers.map((server, index) => heading(server, index, servers.length, shape))}${rows.map((row, line) => bar(row, line, shape))}${parts}</svg>`
}
