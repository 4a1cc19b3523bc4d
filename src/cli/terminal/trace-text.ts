/** A trace as a table of stations. Pure. */
import { stationRows } from '../../trace/rows.ts'
import { stationTitle } from '../../trace/stations.ts'
import { sumOf, type Trace, type TracedPath } from '../../trace/trace.ts'
import { formatCount } from '../../words/numbers.ts'
import { styled } from './output.ts'
import { fitted, textTable } from './text-table.ts'

/** What a path is skipping, or never had. */
const gap = '·'
const stationWidth = 25
const placeWidth = 16
/** So that a table of two or three paths has 80 columns. */
const pathWidth = 10

const whole = (ns: number): string => formatCount(Math.round(ns))

/** Stations as rows, paths as columns, ns since the station before. */
export function traceText(trace: Trace): string {
  const { paths, title, kernel } = trace
  return [
    styled('bold', `${title}: where the time goes`),
    `ns from station to station, the median of a request's way, probes' own time taken off; ${gap} skipped\n${kernel.split(' ')[0]}, ${trace.payloadBytes} bytes of payload`,
    table(paths),
    paths.map(overheadText).join('\n'),
    ...noteTexts(trace),
  ].join('\n\n')
}

function table(paths: readonly TracedPath[]): string {
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
    totals('one-way delay, untraced', ({ untracedNs }) => untracedNs),
  ])
}

const overheadText = ({ path, sent, whole: seen, there, ...times }: TracedPath): string =>
  `${path}: ${formatCount(seen)} of ${formatCount(sent)} requests seen at all ${there?.stations.length ?? 0} stations; ${whole(times.tracedNs)} ns with probes,\n  each ${whole(times.probeNs)} ns by its own clock and ${whole(times.besideProbeNs)} ns beside`

const noteTexts = ({ leftOut, missing, lostEvents }: Trace): string[] => [
  ...leftOut.map(({ path, reason }) => `${path} was not traced: ${reason}`),
  ...(missing.length === 0 ? [] : [`This kernel has no probe for: ${missing.join(', ')}`]),
  ...(lostEvents === 0 ? [] : [`${formatCount(lostEvents)} events found no room`]),
]
