/** What has to be known of a trace beside its figures, in words. Pure. */
import type { Trace, TracedPath } from '../record/trace.ts'
import { formatCount } from '../words/numbers.ts'

const ns = (value: number): string => `${formatCount(Math.round(value))} ns`

/** How much of a path was seen, and what tracing took. */
export const overheadWords = ({ path, sent, whole, there, ...times }: TracedPath): string =>
  `${path}: ${formatCount(whole)} of ${formatCount(sent)} requests seen at all of their stations, ${formatCount(there?.packets ?? 0)} of them at these ${there?.stations.length ?? 0}; one-way delay ${ns(times.untracedNs)}, with probes ${ns(times.tracedNs)}: each takes ${ns(times.probeNs)} by its own clock and ${ns(times.besideProbeNs)} beside, one of a system call ${ns(times.besideCallNs)}`

export const noteWords = ({ leftOut, missing, lostEvents, noFlood }: Trace): string[] => [
  ...(noFlood === undefined ? [] : [`nothing is known of the sender's CPU in a flood: ${noFlood}`]),
  ...leftOut.map(({ path, reason }) => `${path} was not traced: ${reason}`),
  ...(missing.length === 0 ? [] : [`this kernel has no probe for ${missing.join(', ')}`]),
  ...(lostEvents === 0 ? [] : [`${formatCount(lostEvents)} events found no room`]),
]
