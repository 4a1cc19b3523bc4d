/**
 * Charts of one row per path: its name, a drawing on an axis that all rows share, and its value. Names and values are
 * text of the page, which wraps and is never cut; drawings are as wide as there is room, without a script.
 */
import { markup, type Html } from './escape.ts'
import { colour } from './palette.ts'
import { placeOn, type RowAxis } from './row-axis.ts'
import { typeset } from './typeset.ts'

export interface ChartRow {
  readonly name: string
  readonly drawing: Html
  readonly value: string
  /** The interval, behind the value. */
  readonly range?: string
  /** What a pointer is shown. */
  readonly hint?: string
}

const anchorAt = (place: number): string => (place < 7 ? 'start' : place > 93 ? 'end' : 'middle')

const gridOf = (axis: RowAxis): Html =>
  markup`<svg class="rows-grid" aria-hidden="true">${axis.ticks.map(({ at }) => markup`<line x1="${placeOn(axis, at)}%" x2="${placeOn(axis, at)}%" y2="100%"/>`)}</svg>`

const axisRow = (axis: RowAxis): Html =>
  markup`<div class="row row-axis"><div><svg aria-hidden="true">${axis.ticks.map(({ at, label }) => markup`<text x="${placeOn(axis, at)}%" y="12" text-anchor="${anchorAt(placeOn(axis, at))}">${label}</text>`)}</svg>${axis.title && markup`<p>${axis.title}</p>`}</div></div>`

const rowOf = ({ name, drawing, value, range, hint }: ChartRow): Html =>
  markup`<div class="row"${hint === undefined ? undefined : markup` title="${hint}"`}><span class="row-name">${name}</span><svg class="row-plot" aria-hidden="true">${drawing}</svg><span class="row-value">${typeset(value)}${range ? markup` <span class="quiet">(${typeset(range)})</span>` : undefined}</span></div>`

/** The rows, and beneath them the axis if they share one that has numbers. */
export const renderRows = (rows: readonly ChartRow[], axis?: RowAxis): Html =>
  markup`<div class="rows">${axis && gridOf(axis)}${rows.map(rowOf)}${axis && axisRow(axis)}</div>`

/** A line from one value to another, through the middle of a row. */
export const drawnInterval = (axis: RowAxis, low: number, high: number, paint: string): Html =>
  markup`<line x1="${placeOn(axis, low)}%" x2="${placeOn(axis, high)}%" y1="50%" y2="50%" stroke="${paint}" stroke-width="2.5"/>`

/** A point, hollow or filled; a triangle at the axis's end for what lies beyond it. */
export function drawnPoint(axis: RowAxis, value: number, paint: string, isFilled = true): Html {
  const place = placeOn(axis, value)
  const fill = isFilled ? paint : colour('page')
  if (value > axis.high || value < axis.low) {
    const tip = value > axis.high ? 'M-5-5 4 0-5 5z' : 'M5-5-4 0 5 5z'
    return markup`<svg x="${place}%" y="50%" overflow="visible"><path d="${tip}" fill="${fill}" stroke="${paint}" stroke-width="2"/></svg>`
  }
  return markup`<circle cx="${place}%" cy="50%" r="4.5" fill="${fill}" stroke="${paint}" stroke-width="2"/>`
}

/** A stripe over the whole height of a row. */
function drawnBand(axis: RowAxis, low: number, high: number): Html {
  const left = placeOn(axis, low)
  return markup`<rect x="${left}%" width="${(placeOn(axis, high) - left).toFixed(1)}%" height="100%" fill="${colour('band')}"/>`
}

/** An upright line over the whole height of a row. */
const drawnReference = (axis: RowAxis, value: number): Html =>
  markup`<line x1="${placeOn(axis, value)}%" x2="${placeOn(axis, value)}%" y2="100%" stroke="${colour('quiet')}"/>`

/** What a row shows of a ratio. */
export interface DrawnRatio {
  readonly ratio: { readonly estimate: number; readonly low: number | null; readonly high: number | null }
  /** Within it, it counts as 1. */
  readonly band: { readonly low: number; readonly high: number }
  readonly paint: string
  readonly isFilled?: boolean
}

/** A ratio with its interval, on the band of equivalence and the line at 1. */
export function drawnRatio(axis: RowAxis, { ratio, band, paint, isFilled = true }: DrawnRatio): Html {
  const { estimate, low, high } = ratio
  const interval = low === null || high === null ? undefined : drawnInterval(axis, low, high, paint)
  return markup`${drawnBand(axis, band.low, band.high)}${drawnReference(axis, 1)}${interval}${drawnPoint(axis, estimate, paint, isFilled)}`
}

/** A bar from the axis's beginning. */
export const drawnBar = (axis: RowAxis, value: number, paint: string): Html =>
  markup`<rect width="${placeOn(axis, value)}%" y="20%" height="60%" fill="${paint}" opacity=".55"/>`
