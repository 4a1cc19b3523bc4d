/** A trace as a table of stations. Pure. */
import { floodRows } from '../../trace/flood-rows.ts'
import { stationRows } from '../../trace/rows.ts'
import { stationTitle } from '../../trace/stations.ts'
import { delayWords, noteWords, overheadWords, verdictWords } from '../../trace/notes.ts'
import { isRoundTrip, sumOf } from '../../trace/trace.ts'
import type { Trace, TracedKind, TracedPath } from '../../record/trace.ts'
import { formatCount } from '../../words/numbers.ts'
import { styled } from './output.ts'
import { textTable } from './text-table.ts'
import { fitted, wrapped } from './wrap.ts'

/** What a path is skipping, or never had. */
const gap = '·'
const stationWidth = 25
const placeWidth = 16
const pathWidth = 10
const width = 78
/** What is left of 80 columns for paths. */
const room = 80 - stationWidth - 2 - placeWidth

const whole = (ns: number): string => formatCount(Math.round(ns))

const lines = (texts: readonly string[]): string =>
  texts
    .flatMap((text) => wrapped(text, width).map((line, index) => (index === 0 ? line : `  ${line}`)))
    .join('\n')

/** Stations as rows, paths as columns, ns since the station before. */
export const traceText = (title: string, trace: Trace): string =>
  [
    wrapped(`${title}: where the time goes`, width)
      .map((line) => styled('bold', line))
      .join('\n'),
    lines([
      `ns from station to station: the median of a request's way, without what probes take; ${trace.payloadBytes} bytes of payload; ${gap} is a station that the path skips`,
    ]),
    ...besides(trace.paths).map((paths) => table(paths, trace.load)),
    ...besides(trace.paths.filter(({ flood }) => flood !== undefined)).map(floodTable),
    lines([
      ...trace.paths.flatMap(verdictWords),
      ...trace.paths.map((path) => overheadWords(path, trace.load)),
      ...noteWords(trace),
    ]),
  ].join('\n\n')

/** As many paths beside each other as fit; further ones below. */
function besides(paths: readonly TracedPath[]): TracedPath[][] {
  const groups: TracedPath[][] = [[]]
  let left = room
  for (const one of paths) {
    left -= Math.min(pathWidth, Math.max(6, one.path.length)) + 2
    const last = groups.at(-1)!
    if (left >= 0 || last.length === 0) last.push(one)
    else {
      groups.push([one])
      left = room - pathWidth - 2
    }
  }
  return groups.filter((group) => group.length > 0)
}

const symbolWidth = 40

function floodTable(paths: readonly TracedPath[]): string {
  const columns = [
    { title: "sender's CPU in a flood", align: 'left' as const },
    ...paths.map(({ path }) => ({ title: fitted(path, pathWidth), align: 'right' as const })),
  ]
  const rows = floodRows(paths).map(([symbol = '', ...shares]) => [fitted(symbol, symbolWidth), ...shares])
  return textTable(columns, rows)
}

function table(paths: readonly TracedPath[], load: TracedKind): string {
  const columns = [
    { title: 'station', align: 'left' },
    { title: 'where', align: 'left' },
    ...paths.map(({ path }) => ({ title: fitted(path, pathWidth), align: 'right' as const })),
  ] as const
  const rows = stationRows(paths, 'there').map(({ station, namespace, device, of }) => [
    fitted(stationTitle(station), stationWidth),
    fitted(device === undefined ? namespace : `${namespace}/${device}`, placeWidth),
    ...of.map((one) =>
      one === undefined ? styled('dim', gap) : one.sinceLastNs === undefined ? '0' : whole(one.ownNs),
    ),
  ])
  const totals = (label: string, of: (path: TracedPath) => number | undefined) => [
    styled('bold', label),
    '',
    ...paths.map((path) => {
      const ns = of(path)
      return styled('bold', ns === undefined ? gap : whole(ns))
    }),
  ]
  return textTable(columns, [
    ...rows,
    totals('sum of stations', ({ there }) => (there === undefined ? undefined : sumOf(there))),
    ...(isRoundTrip(load)
      ? [totals('sum of the answer’s', ({ back }) => (back === undefined ? undefined : sumOf(back)))]
      : []),
    totals(`${delayWords(load)}, untraced`, ({ untracedNs }) => untracedNs),
  ])
}
