/** What was traced, as the record has it. Pure. */
import type { Trace, TracedPath } from '../record/trace.ts'
import type { FloodSamples } from './sample-flood.ts'
import { packetsOf } from '../trace/packets.ts'
import { tracedPaths } from '../trace/trace.ts'
import type { TraceOrder } from './live-trace.ts'
import type { BuiltTraces } from './trace-in.ts'

/**
 * What a trace of a run, or one by itself, is made with: the first packets of a trial meet cold caches, and an answer that
 * a busy machine holds up is none that is lost.
 */
export const usualTrace = { packets: 2000, leadPackets: 16, timeoutNs: 1e9, isCalibrated: true } as const

export const traceOf = (
  { paths, leftOut, lost, missing, floods }: BuiltTraces,
  { load, payloadBytes, leadPackets }: Pick<TraceOrder, 'load' | 'payloadBytes' | 'leadPackets'>,
): Trace => ({
  load,
  payloadBytes,
  paths: tracedPaths(
    paths.map(({ path: { name, title, role }, events, places, sent, turns }) => ({
      ...{ path: name, title, role, sent, turns },
      ...floodOf(floods.get(name)),
      packets: packetsOf(events, places, leadPackets),
    })),
    load,
  ),
  leftOut: [...leftOut].map(([path, reason]) => ({ path, reason })),
  ...noFloodOf([...floods.values()]),
  lostEvents: lost,
  missing: [...missing],
})

const floodOf = (samples: FloodSamples | undefined): Pick<TracedPath, 'flood'> =>
  samples !== undefined && 'shares' in samples ? { flood: [...samples.shares] } : {}

const noFloodOf = (all: readonly FloodSamples[]): Pick<Trace, 'noFlood'> => {
  const without = all.find((samples) => 'missing' in samples)
  return without === undefined || !('missing' in without) ? {} : { noFlood: without.missing }
}
