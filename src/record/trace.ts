/** A trace: of each path the stations of a packet's way, and the time between them. docs/tracing.md says what they are. */
import { z } from 'zod'
import { count } from '../parts/figures.ts'

/** The kinds of load that packets are followed of. */
export const tracedKinds = ['pingpong', 'paced', 'tcp-rr'] as const
export type TracedKind = (typeof tracedKinds)[number]

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
  /** Of a program's end: what it returned, as the kernel calls it, and where it redirects to. */
  verdict: z.string().optional(),
})
export type TraceStation = z.infer<typeof stationSchema>

const waySchema = z.object({
  stations: z.array(stationSchema),
  /** Of a packet, ns: between probes, and in them by their own clock. */
  betweenNs: quartilesSchema,
  inProbesNs: quartilesSchema,
  /** Packets that took it, and packets that took another, as to another server, or were not seen everywhere. */
  packets: count,
  otherwise: count,
})
export type TraceWay = z.infer<typeof waySchema>

const pathSchema = z.object({
  path: z.string(),
  title: z.string(),
  role: z.enum(['baseline', 'candidate', 'control', 'floor']),
  /** Requests that were sent, and of these: seen at every station, from the call that sent them to that which received them. */
  sent: count,
  whole: count,
  /** Median delay by the generator's clock, ns, one way or, of TCP, there and back: in trials with all probes, with those of
   * system calls alone, with all but these, and with none. */
  tracedNs: z.number(),
  callsNs: z.number().optional(),
  restNs: z.number().optional(),
  untracedNs: z.number(),
  /** What the three kinds of trials with probes say that it is without: callsNs + restNs − tracedNs, by turns, with its
   * 95 % interval. */
  expectedNs: z
    .object({ estimate: z.number(), low: z.number().nullable(), high: z.number().nullable() })
    .optional(),
  /** What each probe takes, ns: by its own clock, and beside, as calling it and its traces in caches. */
  probeNs: z.number(),
  besideProbeNs: z.number(),
  /** The latter of probes of system calls: where one is, the kernel takes a longer way in and out. */
  besideCallNs: z.number(),
  /** Where the sender's CPU was in a flood, by perf: the functions that most samples fell in. */
  flood: z.array(z.object({ symbol: z.string(), isKernel: z.boolean(), share: z.number() })).optional(),
  /** A request's way; a reply's, up to the end of the client's receive call. */
  there: waySchema.optional(),
  back: waySchema.optional(),
})
export type TracedPath = z.infer<typeof pathSchema>

export const traceSchema = z.object({
  load: z.enum(tracedKinds).default('pingpong'),
  payloadBytes: count,
  /** In the scenario's order. */
  paths: z.array(pathSchema),
  /** Paths that were not traced, and why. */
  leftOut: z.array(z.object({ path: z.string(), reason: z.string() })),
  /** Why nothing is said of a flood, where that was asked for. */
  noFlood: z.string().optional(),
  /** Events that found no room. */
  lostEvents: count,
  /** Probes that this kernel does not have, by name. */
  missing: z.array(z.string()),
})
export type Trace = z.infer<typeof traceSchema>
