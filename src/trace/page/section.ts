/** A trace as a section of a page: a picture for each direction, the figures behind it, and what tracing took. */
import { markup, type Html } from '../../page/escape.ts'
import { floodRows } from '../flood-rows.ts'
import { renderTable } from '../../page/table.ts'
import { renderPicture } from '../../page/picture.ts'
import { numberColumn, type TableView, textColumn } from '../../page/table-view.ts'
import type { Trace, TracedKind, TracedPath } from '../../record/trace.ts'
import { formatCount } from '../../words/numbers.ts'
import { delayWords, noteWords, overheadWords, verdictWords } from '../notes.ts'
import { type Direction, stationRows } from '../rows.ts'
import { stationOf, stationTitle } from '../stations.ts'
import { isRoundTrip, sumOf } from '../trace.ts'
import { type Paint, waterfall } from './waterfall.ts'

const ns = (value: number): string => formatCount(Math.round(value))

export function traceSection(trace: Trace, paint: Paint): Html | undefined {
  const paths = trace.paths.filter(({ there }) => there !== undefined)
  if (paths.length === 0) return undefined
  const notes = [
    ...paths.flatMap(verdictWords),
    ...paths.map((path) => overheadWords(path, trace.load)),
    ...noteWords(trace),
  ]
  return markup`<section id="trace"><h2>Where the time goes</h2><p>Packets of ${trace.payloadBytes} bytes of payload were followed from station to station of the kernel, in trials of their own that count for nothing else. A bar is the median time since the station before, its line the quartiles; what probes take is taken off. A dotted line is a station that the path skips.</p>${directionFigure(trace, paths, 'there', paint)}${directionFigure(trace, paths, 'back', paint)}${floodPart(paths)}<ul class="plain">${notes.map((note) => markup`<li>${note}.</li>`)}</ul></section>`
}

function floodPart(all: readonly TracedPath[]): Html | undefined {
  const paths = all.filter(({ flood }) => flood !== undefined)
  if (paths.length === 0) return undefined
  const caption =
    'Functions by their share of the samples of the sender’s CPU while it sends a flood (perf, cpu-clock)'
  const columns = [textColumn('Function'), ...paths.map(({ path }) => numberColumn(path))]
  return markup`<h3>The sender’s CPU in a flood</h3>${renderTable({ caption, columns, rows: floodRows(paths) })}`
}

const titles: Readonly<Record<Direction, string>> = {
  there: 'A request, from the call that sends it to the call that receives it',
  back: 'Its reply, to the end of the client’s receive call',
}

function directionFigure(
  { load }: Trace,
  paths: readonly TracedPath[],
  direction: Direction,
  paint: Paint,
): Html | undefined {
  const traced = paths.filter((path) => path[direction] !== undefined)
  if (traced.length === 0) return undefined
  return renderPicture({
    title: titles[direction],
    inWords: traced
      .map(
        (path) =>
          `${path.path}: ${path[direction]?.stations.length ?? 0} stations, ${ns(sumOfWay(path, direction))} ns`,
      )
      .join('; '),
    drawing: waterfall(traced, direction, paint),
    table: stationTable(traced, direction, load),
  })
}

const sumOfWay = (path: TracedPath, direction: Direction): number => {
  const way = path[direction]
  return way === undefined ? 0 : sumOf(way)
}

function stationTable(paths: readonly TracedPath[], direction: Direction, load: TracedKind): TableView {
  const rows = stationRows(paths, direction).map(({ station, namespace, device, of }) => [
    stationTitle(station),
    device === undefined ? namespace : `${namespace}/${device}`,
    `${stationOf(station).function}(), ${stationOf(station).file}`,
    ...of.map((own) => {
      if (own === undefined) return '–'
      const { q1, q3 } = own.sinceLastNs ?? {}
      return q1 === undefined || q3 === undefined
        ? ns(own.ownNs)
        : `${ns(own.ownNs)} (${ns(q1)} to ${ns(q3)})`
    }),
  ])
  const sums = ['sum', '', '', ...paths.map((path) => ns(sumOfWay(path, direction)))]
  const delays = [`${delayWords(load)}, untraced`, '', '', ...paths.map(({ untracedNs }) => ns(untracedNs))]
  return {
    caption:
      'ns since the station before: the median without what a probe takes, and the quartiles with what it takes beside its own clock',
    columns: [
      textColumn('Station'),
      textColumn('Where'),
      textColumn('Function, file (Linux 6.18)'),
      ...paths.map(({ path }) => numberColumn(path)),
    ],
    rows: [...rows, sums, ...((direction === 'back') === isRoundTrip(load) ? [delays] : [])],
  }
}
