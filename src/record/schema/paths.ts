/** A path: what it is, how it was proved, and what both ends counted on it. */
import { z } from 'zod'
import { count, nanoseconds } from '../../parts/figures.ts'
import { trialKinds } from '../../parts/loads/loads.ts'
import { proofSchema } from './estimates.ts'
import { attachedProgramSchema, builtTopologySchema, waySchema } from './topology.ts'

/** What both ends counted of one kind of trial on a path, the warm-up included. */
export const deliverySchema = z.object({
  kind: z.enum(trialKinds),
  /** What the trial is called in the scenario, where several of its kind are told apart. */
  name: z.string().optional(),
  /** Packets, HTTP requests, TCP transactions or bytes. In a ping-pong requests: each has an answer, too. */
  sent: count,
  /** Delivered; in a ping-pong and in HTTP, answered. */
  received: count,
  /** Never arrived; in a ping-pong and in HTTP, never answered. One that came late is not lost. */
  lost: count,
  /** Arrived with other content than was sent. */
  corrupted: count,
  /** Arrivals of what had arrived before. */
  duplicated: count,
  /** Came to another server than the one called, or as an answer to another client's flow. */
  misdirected: count,
  /** Arrived after a later one of their flow (RFC 4737). */
  reordered: count,
  /** http: answers whose content was looked at, which corrupted and misdirected are of. UDP's all are. */
  compared: count.optional(),
  /** TCP: segments that both ends sent, and those of them that were sent again. */
  segments: count.optional(),
  retransmitted: count.optional(),
})

/** Quantiles of all packets of a path pooled over the run, for a percentile curve. */
export const distributionSchema = z.object({
  /** e.g. `rttNs`, `rttNs@large`; `pacedForwardUncorrectedNs` and `scheduleErrorNs` stand here too. */
  name: z.string(),
  count,
  minNs: nanoseconds,
  maxNs: nanoseconds,
  meanNs: nanoseconds,
  /** Pairs [quantile in 0..1, value in ns], rising. */
  quantiles: z.array(z.tuple([z.number(), nanoseconds])),
})

/** What one of several servers got of the load. Flows and HTTP connections are drawn anew every round. */
export const serverShareSchema = z.object({
  namespace: z.string(),
  /** Where it listened. */
  address: z.string(),
  /** UDP flows that it served, summed over the rounds. */
  flows: count,
  /** Requests and packets of UDP trials that it received. */
  requests: count,
  /** TCP connections that it accepted; null where there was no HTTP load. */
  httpConnections: count.nullable(),
})

/** The traffic that came in by the devices of a namespace between client and servers. */
export const crossingSchema = z.object({
  namespace: z.string(),
  /** Frames that its devices received, ARP and the like included. */
  frames: count,
  /** frames / all frames that the client sent and received. */
  share: z.number(),
})

/** What connections had filled in a namespace of a path when a round was over; what there was nothing of is left out. */
export const connectionTablesSchema = z.object({
  round: count,
  namespace: z.string(),
  /** Of the client and the servers: sockets in TIME_WAIT, and how many may be (net.ipv4.tcp_max_tw_buckets). */
  timeWait: count.optional(),
  timeWaitMost: count.optional(),
  /** Connections that netfilter tracked, and how many it may (net.netfilter.nf_conntrack_max). */
  tracked: count.optional(),
  trackedMost: count.optional(),
  /** Packets that it dropped since the namespace was there, as it could not track their connections. */
  untrackable: count.optional(),
})

export const pathRecordSchema = z.object({
  name: z.string(),
  role: z.enum(['baseline', 'candidate', 'control', 'floor']),
  title: z.string(),
  status: z.enum(['measured', 'skipped', 'invalid']),
  /** The kernel that it was on, as `environment.machines` names it. */
  kernel: z.string().optional(),
  /** Why it was skipped or is invalid. */
  reason: z.string().optional(),
  /** The work that a packet on this path does not go through, one line each. */
  skips: z.array(z.string()),
  topology: builtTopologySchema,
  programs: z.array(attachedProgramSchema),
  /** A request's way. */
  way: z.array(waySchema),
  /** A reply's way, where it is another than the request's in reverse. */
  returnWay: z.array(waySchema).optional(),
  /** Where there are several servers: what each of them got. */
  servers: z.array(serverShareSchema).optional(),
  /** Which share of the traffic went through each namespace in the middle. */
  crossings: z.array(crossingSchema).optional(),
  proof: z.array(proofSchema),
  /** What both ends counted, by kind of trial. */
  delivery: z.array(deliverySchema).optional(),
  /** What the scenario lets the path lose or reorder, as ratios: 0.01 is 1 %. */
  allows: z.object({ lossRatio: z.number().optional(), reordered: z.number().optional() }).optional(),
  /** Where a load opens a connection for each transaction: what connections leave behind. */
  tables: z.array(connectionTablesSchema).optional(),
  /** Where the packets of a path that does not deliver went, hop by hop, and likely causes: one line each. */
  diagnosis: z.array(z.string()).optional(),
  distributions: z.array(distributionSchema),
})

export type Delivery = z.infer<typeof deliverySchema>
export type ConnectionTables = z.infer<typeof connectionTablesSchema>
export type Distribution = z.infer<typeof distributionSchema>
export type ServerShare = z.infer<typeof serverShareSchema>
export type Crossing = z.infer<typeof crossingSchema>
export type PathRecord = z.infer<typeof pathRecordSchema>
