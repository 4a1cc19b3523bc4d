/** What a session traced, as the record of a trace. Pure. */
import type { Scenario } from '../scenario/scenario.ts'
import { packetsOf } from '../trace/packets.ts'
import { type Trace, tracedPath } from '../trace/trace.ts'
import type { TraceOrder } from './trace-paths.ts'
import type { SessionTraces } from './trace-session.ts'

export const traceOf = (
  { name, title }: Pick<Scenario, 'name' | 'title'>,
  { paths, leftOut, lost, missing, kernel }: SessionTraces,
  { payloadBytes, leadPackets }: Pick<TraceOrder, 'payloadBytes' | 'leadPackets'>,
): Trace => ({
  ...{ schemaVersion: 1, scenario: name, title, kernel, payloadBytes },
  paths: paths.map(({ path, events, places, sent, tracedNs, untracedNs }) =>
    tracedPath({
      ...{ path: path.name, title: path.title, sent },
      tracedNs: tracedNs.statistics().p50,
      untracedNs: untracedNs.statistics().p50,
      packets: packetsOf(events, places, leadPackets),
    }),
  ),
  leftOut: [...leftOut].map(([path, reason]) => ({ path, reason })),
  lostEvents: lost,
  missing: [...missing],
})
