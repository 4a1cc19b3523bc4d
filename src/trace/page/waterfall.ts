/** The waterfall: stations as rows, paths side by side, all on one axis of time. */
import { markup, type Html } from '../../page/escape.ts'
import { colour, type ColourName } from '../../page/palette.ts'
import { placeOn, rowAxis, type RowAxis } from '../../page/row-axis.ts'
import type { TracedPath } from '../../record/trace.ts'
import { formatCount, formatDuration } from '../../words/numbers.ts'
import { type Direction, type StationRow, stationRows } from '../rows.ts'
import { stationOf, stationTitle } from '../stations.ts'
import { sumOf } from '../trace.ts'

/** How a path looks. */
export type Paint = (path: string) => ColourName

/** Where a path is in time when it comes to a row, and when it leaves it, ns. */
interface Stretch {
  readonly beginNs: number
  readonly endNs: number
}

export function waterfall(paths: readonly TracedPath[], direction: Direction, paint: Paint): Html {
  const rows = stationRows(paths, direction)
  const longestNs = Math.max(1, ...paths.flatMap((path) => path[direction] ?? []).map(sumOf))
  const axis = rowAxis(0, longestNs, { label: (ns) => formatDuration(ns), count: 3 }, false)
  const stretches = paths.map((_, index) => stretchesOf(rows, index))
  const heads = paths.map(({ path }) => markup`<span class="waterfall-head">${path}</span>`)
  const body = rows.map(
    (row, place) =>
      markup`<div class="waterfall-row"><span class="waterfall-name">${stationTitle(row.station)} <span class="quiet">${placeOf(row)}</span></span>${paths.map((path, index) => drawingOf(row, index, stretches[index]?.[place], axis, paint(path.path)))}</div>`,
  )
  const feet = paths.map(
    (path) =>
      markup`<span class="waterfall-foot"><svg class="row-plot" aria-hidden="true">${totalOf(path, direction, axis, paint(path.path))}</svg>${axisOf(axis)}</span>`,
  )
  return markup`<div class="scroll"><div class="waterfall" style="--paths:${paths.length}"><div class="waterfall-row"><span></span>${heads}</div>${body}<div class="waterfall-row waterfall-total"><span class="waterfall-name">all of it</span>${feet}</div></div></div>`
}

const placeOf = ({ namespace, device }: StationRow): string =>
  device === undefined ? namespace : `${namespace}/${device}`

/** A row that a path skips is where it is at that moment, and takes no time. */
function stretchesOf(rows: readonly StationRow[], index: number): Stretch[] {
  let ns = 0
  return rows.map(({ of }) => {
    const beginNs = ns
    ns += of[index]?.ownNs ?? 0
    return { beginNs, endNs: ns }
  })
}

/** A bar for the median and a line for the quartiles; a hollow mark where the station is skipped. */
function drawingOf(
  { station, of }: StationRow,
  index: number,
  { beginNs, endNs }: Stretch = { beginNs: 0, endNs: 0 },
  axis: RowAxis,
  name: ColourName,
): Html {
  const own = of[index]
  const left = placeOn(axis, beginNs)
  if (own === undefined)
    return markup`<svg class="row-plot" aria-hidden="true"><line x1="${left}%" x2="${left}%" y2="100%" stroke="${colour('quiet')}" stroke-dasharray="2 3"/></svg>`
  const width = Math.max(0.4, placeOn(axis, endNs) - left)
  const { q1 = 0, median = 0, q3 = 0 } = own.sinceLastNs ?? {}
  const [low, high] = [endNs + q1 - median, endNs + q3 - median].map((ns) => placeOn(axis, ns))
  const { title, function: symbol, file } = stationOf(station)
  const returned = own.verdict === undefined ? '' : ` returned ${own.verdict}`
  const hint = `${title}${returned}: ${formatCount(Math.round(own.ownNs))} ns; ${symbol}(), ${file}`
  return markup`<svg class="row-plot"><title>${hint}</title><rect x="${left}%" width="${width.toFixed(1)}%" y="22%" height="56%" fill="${colour(name)}" opacity=".6"/><line x1="${low}%" x2="${high}%" y1="50%" y2="50%" stroke="${colour(name)}" stroke-width="1.5"/></svg>`
}

/** All stations in one bar, each beside the next: namespaces take turns in shade. */
function totalOf(path: TracedPath, direction: Direction, axis: RowAxis, name: ColourName): Html[] {
  let ns = 0
  let shade = 0
  let last = ''
  return (path[direction]?.stations ?? []).map(({ station, namespace, ownNs }) => {
    if (namespace !== last) shade += 1
    last = namespace
    const left = placeOn(axis, ns)
    ns += ownNs
    const width = (placeOn(axis, ns) - left).toFixed(1)
    return markup`<rect x="${left}%" width="${width}%" y="10%" height="80%" fill="${colour(name)}" stroke="${colour('page')}" stroke-width=".5" opacity="${shade % 2 === 0 ? '.4' : '.75'}"><title>${namespace}, ${stationTitle(station)}: ${formatCount(Math.round(ownNs))} ns</title></rect>`
  })
}

const axisOf = (axis: RowAxis): Html =>
  markup`<svg class="waterfall-axis" aria-hidden="true">${axis.ticks.map(({ at, label }) => markup`<text x="${placeOn(axis, at)}%" y="12" text-anchor="${placeOn(axis, at) < 10 ? 'start' : placeOn(axis, at) > 90 ? 'end' : 'middle'}">${label}</text>`)}</svg>`
