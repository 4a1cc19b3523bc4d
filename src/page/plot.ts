/** A chart with two axes, of a fixed size in pixels; what is drawn in it is given in pixels, too. */
import { markup, type Fragment, type Html } from './escape.ts'

export interface PlotAxis {
  /** Pixels from the left, or from the top. */
  readonly at: (value: number) => number
  readonly ticks: readonly { readonly at: number; readonly label: string }[]
  readonly title?: string
  /** Whether lines go through the plot at its marks. */
  readonly hasGrid: boolean
}

/** Where the plot is within the drawing; numbers of the axes stand left of it and below. */
export interface Area {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Two decimals: a hundredth of a pixel is seen by nobody. */
export const pixels = (value: number): string => String(Math.round(value * 100) / 100)

/** From values to pixels, logarithmic or not. */
export function pixelScale(
  [low, high]: readonly [number, number],
  [from, to]: readonly [number, number],
  isLog = false,
): (value: number) => number {
  const along = isLog ? Math.log : (value: number): number => value
  const span = along(high) - along(low) || 1
  return (value) => from + ((along(value) - along(low)) / span) * (to - from)
}

const gridLine = (x1: number, y1: number, x2: number, y2: number): Html =>
  markup`<line x1="${pixels(x1)}" y1="${pixels(y1)}" x2="${pixels(x2)}" y2="${pixels(y2)}"/>`

function gridOf({ left, top, width, height }: Area, x: PlotAxis, y: PlotAxis): Html {
  const upright = x.hasGrid ? x.ticks.map(({ at }) => gridLine(x.at(at), top, x.at(at), top + height)) : []
  const level = y.hasGrid ? y.ticks.map(({ at }) => gridLine(left, y.at(at), left + width, y.at(at))) : []
  return markup`<g class="plot-grid">${upright}${level}</g>`
}

function labelsOf({ left, top, width, height }: Area, x: PlotAxis, y: PlotAxis): Html {
  const below = top + height + 16
  const right = left + width
  const anchor = (px: number): string => (px < left + 8 ? 'start' : px > right - 8 ? 'end' : 'middle')
  return markup`${x.ticks.map(({ at, label }) => markup`<text x="${pixels(x.at(at))}" y="${below}" text-anchor="${anchor(x.at(at))}">${label}</text>`)}${y.ticks.map(({ at, label }) => markup`<text x="${left - 6}" y="${pixels(y.at(at) + 4)}" text-anchor="end">${label}</text>`)}${x.title && markup`<text x="${left + width / 2}" y="${below + 18}" text-anchor="middle">${x.title}</text>`}${y.title && markup`<text transform="translate(12 ${top + height / 2})rotate(-90)" text-anchor="middle">${y.title}</text>`}`
}

/** The axes of one area, with what is drawn on them. */
export const renderArea = (area: Area, x: PlotAxis, y: PlotAxis, content: Fragment): Html =>
  markup`${gridOf(area, x, y)}${content}${labelsOf(area, x, y)}`

/** The drawing around areas. */
export const renderPlot = (width: number, height: number, content: Fragment): Html =>
  markup`<svg class="plot" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" aria-hidden="true">${content}</svg>`

/** A line through points, as a path's `d`. */
export const lineThrough = (points: readonly (readonly [number, number])[]): string =>
  points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${pixels(x)} ${pixels(y)}`).join('')

/** Dots of one size, as one path's `d` to be stroked with round ends. */
export const dotsAt = (points: readonly (readonly [number, number])[]): string =>
  points.map(([x, y]) => `M${pixels(x)} ${pixels(y)}h0`).join('')
