/** What a trace comes to: of each path its way, station by station, with the probes' own time taken off. */
import { z } from 'zod'
import { count } from '../parts/figures.ts'
import type { TracedPacket } from './packets.ts'
import { receiveStation } from './stations.ts'
import { type Way, wayOf } from './way.ts'

const quartilesSchema = z.object({ q1: z.number(), median: z.number(), q3: z.number() })

const stationSchema = z.object({
  /** The same on other paths, where that is the same station in the same place. */
  key: z.string(),
  station: z.string(),
  namespace: z.string(),
  device: z.string().optional(),
  /** Since the station before, ns, as it was measured: with what a probe takes. None for the first. */
  sinceLastNs: quartilesSchema.optional(),
  /** The same without it, by the median. */
  ownNs: z.number(),
})
export type TraceStation = z.infer<typeof stationSchema>

const waySchema = z.object({
  stations: z.array(stationSchema),
  totalNs: quartilesSchema,
  /** Packets that took just this way, and packets that were seen at other stations, too, or not at all of these. */
  packets: count,
  otherwise: count,
})
export type TraceWay = z.infer<typeof waySchema>

const pathSchema = z.object({
  path: z.string(),
  title: z.string(),
  /** Requests that were sent, and of these: seen whole, from the call that sent them to that which received them. */
  sent: count,
  whole: count,
  /** Median one-way delay of a request by the generator's clock, ns: in trials with probes, and in those without. */
  tracedNs: z.number(),
  untracedNs: z.number(),
  /** What each probe took, ns: the difference, by the number of probes on the way. */
  probeNs: z.number(),
  /** A request's way, and a reply's: the latter up to its receiving. */
  there: waySchema.optional(),
  back: waySchema.optional(),
})
export type TracedPath = z.infer<typeof pathSchema>

export const traceSchema = z.object({
  schemaVersion: z.literal(1),
  scenario: z.string(),
  title: z.string(),
  kernel: z.string(),
  payloadBytes: count,
  /** In the scenario's order. */
  paths: z.array(pathSchema),
  /** Paths that were not traced, and why. */
  leftOut: z.array(z.object({ path: z.string(), reason: z.string() })),
  /** Events that found no room. */
  lostEvents: count,
  /** Probes that this kernel does not have, by name. */
  missing: z.array(z.string()),
})
export type Trace = z.infer<typeof traceSchema>

/** What was measured of a path. */
export interface MeasuredPath extends Pick<TracedPath, 'path' | 'title' | 'sent' | 'tracedNs' | 'untracedNs'> {
  readonly packets: readonly TracedPacket[]
}

export function tracedPath({ packets, ...measured }: MeasuredPath): TracedPath {
  const requests = packets.filter(({ kind }) => kind === 'request')
  const received = requests.filter(({ isReceived }) => isReceived)
  const there = wayOf(received)
  const back = wayOf(packets.filter(({ kind }) => kind === 'reply'))
  const probeNs = probeCost(measured, there)
  return {
    ...measured,
    whole: there?.packets ?? 0,
    probeNs,
    ...(there === undefined ? {} : { there: withoutProbes(there, probeNs) }),
    ...(back === undefined ? {} : { back: withoutProbes(back, probeNs) }),
  }
}

/** The two calls at the ends have no probe: their times are the generator's own. */
const probesOn = ({ stations }: Way): number =>
  stations.length - 1 - (stations.at(-1)?.station === receiveStation ? 1 : 0)

function probeCost({ tracedNs, untracedNs }: Pick<MeasuredPath, 'tracedNs' | 'untracedNs'>, way: Way | undefined): number {
  const probes = way === undefined ? 0 : probesOn(way)
  return probes === 0 ? 0 : Math.max(0, (tracedNs - untracedNs) / probes)
}

/**
 * A probe reads the clock when it begins: what it takes falls into the time up to the next station. The first one has
 * none before it.
 */
function withoutProbes(way: Way, probeNs: number): TraceWay {
  return {
    ...way,
    stations: way.stations.map(({ device, sinceLastNs, ...station }, index) => ({
      ...station,
      ...(device === undefined ? {} : { device }),
      ...(sinceLastNs === undefined ? {} : { sinceLastNs }),
      ownNs: (sinceLastNs?.median ?? 0) - (index < 2 ? 0 : probeNs),
    })),
  }
}

/** The sum of the stations' medians, ns, without the probes. */
export const sumOf = (way: TraceWay): number => way.stations.reduce((sum, { ownNs }) => sum + ownNs, 0)
