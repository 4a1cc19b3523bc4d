/** What a trace comes to: of each path its way, station by station, with the probes' own time taken off. */
import { z } from 'zod'
import { count } from '../parts/figures.ts'
import type { TracedPacket } from './packets.ts'
import { receiveStation, sendStation } from './stations.ts'
import { type Way, wayOf } from './way.ts'

const quartilesSchema = z.object({ q1: z.number(), median: z.number(), q3: z.number() })

const stationSchema = z.object({
  /** The same on other paths, where that is the same station in the same place. */
  key: z.string(),
  station: z.string(),
  namespace: z.string(),
  device: z.string().optional(),
  /** Since the probe at the station before had done, ns: without what that took by its own clock. None for the first. */
  sinceLastNs: quartilesSchema.optional(),
  /** The median of it, less what a probe takes beside: the station's time. */
  ownNs: z.number(),
})
export type TraceStation = z.infer<typeof stationSchema>

const waySchema = z.object({
  stations: z.array(stationSchema),
  /** Of a packet, ns: between probes, and in them by their own clock. */
  betweenNs: quartilesSchema,
  inProbesNs: quartilesSchema,
  /** Packets that were seen at all of the stations, in this order, and those that were not. */
  packets: count,
  otherwise: count,
})
export type TraceWay = z.infer<typeof waySchema>

const pathSchema = z.object({
  path: z.string(),
  title: z.string(),
  /** Requests that were sent, and of these: seen at every station, from the call that sent them to that which received them. */
  sent: count,
  whole: count,
  /** Median one-way delay of a request by the generator's clock, ns: in trials with probes, and in those without. */
  tracedNs: z.number(),
  untracedNs: z.number(),
  /** What each probe takes, ns: by its own clock, and beside, as calling it and its traces in caches. */
  probeNs: z.number(),
  besideProbeNs: z.number(),
  /** A request's way; a reply's, up to the end of the client's receive call. */
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
  const there = wayOf(packets.filter(({ kind, isReceived }) => kind === 'request' && isReceived))
  const back = wayOf(packets.filter(({ kind }) => kind === 'reply'))
  const besideProbeNs = there === undefined ? 0 : besideProbe(there, measured.untracedNs)
  return {
    ...measured,
    whole: there?.packets ?? 0,
    probeNs: there === undefined ? 0 : there.inProbesNs.median / probesOn(there),
    besideProbeNs,
    ...(there === undefined ? {} : { there: withoutProbes(there, besideProbeNs) }),
    ...(back === undefined ? {} : { back: withoutProbes(back, besideProbeNs) }),
  }
}

/** The two ends have none: their times are the generator's own. */
const hasProbe = ({ station }: { readonly station: string }): boolean =>
  station !== sendStation && station !== receiveStation

const probesOn = ({ stations }: Way): number => Math.max(1, stations.filter(hasProbe).length)

/** What remains between probes beyond the delay without them is theirs, each as much as another. */
const besideProbe = (way: Way, untracedNs: number): number =>
  Math.max(0, (way.betweenNs.median - untracedNs) / probesOn(way))

/** It falls between a probe and the next station; before the first there is none. No station takes less than nothing. */
const withoutProbes = (way: Way, besideProbeNs: number): TraceWay => ({
  ...way,
  stations: way.stations.map(({ device, sinceLastNs, ...station }, index) => ({
    ...station,
    ...(device === undefined ? {} : { device }),
    ...(sinceLastNs === undefined ? {} : { sinceLastNs }),
    ownNs: Math.max(0, (sinceLastNs?.median ?? 0) - (index < 2 ? 0 : besideProbeNs)),
  })),
})

/** The sum of the stations' times, ns. */
export const sumOf = ({ stations }: TraceWay): number => stations.reduce((sum, { ownNs }) => sum + ownNs, 0)
