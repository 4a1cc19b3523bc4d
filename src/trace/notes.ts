/** What has to be known of a trace beside its figures, in words. Pure. */
import type { Trace, TracedKind, TracedPath, TraceWay } from '../record/trace.ts'
import { formatCount } from '../words/numbers.ts'
import { isRoundTrip } from './trace.ts'

const ns = (value: number): string => `${formatCount(Math.round(value))} ns`

/** What was measured without probes. */
export const delayWords = (load: TracedKind): string =>
  isRoundTrip(load) ? 'there and back' : 'one-way delay'

/** How much of a path was seen, and what tracing took. */
export const overheadWords = ({ path, sent, whole, there, ...times }: TracedPath, load: TracedKind): string =>
  `${path}: ${formatCount(whole)} of ${formatCount(sent)} requests seen at all of their stations, ${formatCount(there?.packets ?? 0)} of them at these ${there?.stations.length ?? 0}; ${delayWords(load)} ${ns(times.untracedNs)}, with probes ${ns(times.tracedNs)}: each takes ${ns(times.probeNs)} by its own clock and ${ns(times.besideProbeNs)} beside, one of a system call ${ns(times.besideCallNs)}`

/** What programs returned on a path's ways, a line each. */
export const verdictWords = ({ path, there, back }: TracedPath): string[] => [
  ...waysVerdicts(`${path}, requests`, there),
  ...waysVerdicts(`${path}, replies`, back),
]

const waysVerdicts = (whose: string, way: TraceWay | undefined): string[] =>
  (way?.stations ?? []).flatMap(({ station, namespace, device, verdict }) =>
    verdict === undefined ? [] : [`${whose}: ${station} at ${namespace}/${device ?? ''} returned ${verdict}`],
  )

export const noteWords = ({ leftOut, missing, lostEvents, noFlood }: Trace): string[] => [
  ...(noFlood === undefined ? [] : [`nothing is known of the sender's CPU in a flood: ${noFlood}`]),
  ...leftOut.map(({ path, reason }) => `${path} was not traced: ${reason}`),
  ...(missing.length === 0 ? [] : [`this kernel has no probe for ${missing.join(', ')}`]),
  ...(lostEvents === 0 ? [] : [`${formatCount(lostEvents)} events found no room`]),
]
