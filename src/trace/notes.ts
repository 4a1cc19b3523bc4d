/** What has to be known of a trace beside its figures, in words. Pure. */
import type { Trace, TracedKind, TracedPath, TraceWay } from '../record/trace.ts'
import { formatChange, formatCount } from '../words/numbers.ts'
import { stationTitle } from './stations.ts'
import { isRoundTrip } from './trace.ts'

const ns = (value: number): string => `${formatCount(Math.round(value))} ns`

/** What was measured without probes. */
export const delayWords = (load: TracedKind): string =>
  isRoundTrip(load) ? 'there and back' : 'one-way delay'

/** How much of a path was seen, and what tracing took. */
export const overheadWords = ({ path, sent, whole, there, ...times }: TracedPath, load: TracedKind): string =>
  [
    `${path}: ${formatCount(whole)} of ${formatCount(sent)} requests seen at all of their stations, ${formatCount(there?.packets ?? 0)} of them at these ${there?.stations.length ?? 0}`,
    `${delayWords(load)} ${ns(times.untracedNs)}, with probes ${ns(times.tracedNs)}: each takes ${ns(times.probeNs)} by its own clock and ${ns(times.besideProbeNs)} beside, one of a system call ${ns(times.besideCallNs)}`,
    ...expectedWords(times),
  ].join('; ')

/** Stations that add up to another delay than was measured by more than this share are not to be relied on. */
const tolerance = 0.1

/** What trials with probes expect of one without, beside what one came to. */
function expectedWords({ expectedNs, untracedNs }: Pick<TracedPath, 'expectedNs' | 'untracedNs'>): string[] {
  if (expectedNs === undefined || untracedNs === 0) return []
  const { estimate, low, high } = expectedNs
  const interval = low === null || high === null ? '' : ` (${formatCount(Math.round(low))} to ${ns(high)})`
  const ratio = estimate / untracedNs
  const warning =
    Math.abs(ratio - 1) > tolerance ? ', which is too far off: what probes take does not add up here' : ''
  return [`trials with probes make that ${ns(estimate)}${interval} without, ${formatChange(ratio)}${warning}`]
}

/** What programs returned on a path's ways, a line each. */
export const verdictWords = ({ path, there, back }: TracedPath): string[] => [
  ...waysVerdicts(`${path}, requests`, there),
  ...waysVerdicts(`${path}, replies`, back),
]

const waysVerdicts = (whose: string, way: TraceWay | undefined): string[] =>
  (way?.stations ?? []).flatMap(({ station, namespace, device, verdict }) =>
    verdict === undefined
      ? []
      : [`${whose}: at ${namespace}/${device ?? ''} ${stationTitle(station)}: ${verdict}`],
  )

export const noteWords = ({ leftOut, missing, lostEvents, noFlood }: Trace): string[] => [
  ...(noFlood === undefined ? [] : [`nothing is known of the sender's CPU in a flood: ${noFlood}`]),
  ...leftOut.map(({ path, reason }) => `${path} was not traced: ${reason}`),
  ...(missing.length === 0 ? [] : [`this kernel has no probe for ${missing.join(', ')}`]),
  ...(lostEvents === 0 ? [] : [`${formatCount(lostEvents)} events found no room`]),
]
