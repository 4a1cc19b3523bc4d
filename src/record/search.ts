/** What `search.json` holds: how much each path takes, the bounds that say so, and every trial behind them. */
import { z } from 'zod'
import { count } from '../parts/figures.ts'
import { environmentSchema } from './schema/conditions.ts'
import { pathRecordSchema } from './schema/paths.ts'
import { runRequestSchema } from './schema/request.ts'

/** Version of the schema that this code writes. */
export const searchSchemaVersion = 1

const positive = z.number().positive()

export const goalSchema = z.object({
  name: z.string(),
  /** A trial that lost more is a bad one. */
  lossRatio: z.number().min(0).lt(1),
  trialS: positive,
  /** Of trials at one load, before it is known for what it is. */
  durationSumS: positive,
  /** The share of them that may be bad. */
  exceedRatio: z.number().min(0).lt(1),
  /** Of the bounds, as a share of the upper one. */
  width: z.number().positive().lt(1),
})

/** Where packets of trials got lost that were to be offered. */
export const lossSchema = z.object({
  /** Not sent by the end of the trial: the sender, or what it does of the path's work, was too slow. */
  notOffered: count,
  /** Came to the server, whose socket was full (Udp.RcvbufErrors). */
  atSocket: count,
  /** Sent, and never came to the server's socket. */
  onPath: count,
})

export const rateTrialSchema = z.object({
  path: z.string(),
  ratePps: positive,
  durationS: positive,
  /** That were to be offered. */
  packets: count,
  received: count,
  loss: lossSchema,
  /** Of the packets that the kernel received on the way, those that it did on the sender's CPU. */
  senderCpuShare: z.number().min(0).max(1).exactOptional(),
  /** How often the kernel took the sender's and the receiver's thread off their CPUs. */
  preempted: count,
  /** s since the search began. */
  atS: z.number().min(0),
})

const limitSchema = z.enum(['generator', 'path', 'receiver'])

export const resultSchema = z.object({
  path: z.string(),
  goal: z.string(),
  /** irregular: a bound is missing, or both are too far apart. */
  state: z.enum(['regular', 'irregular']),
  why: z.string().exactOptional(),
  lowerPps: positive.exactOptional(),
  upperPps: positive.exactOptional(),
  /** Conditional throughput: what came through at the lower bound. */
  throughputPps: z.number().min(0).exactOptional(),
  /** Who lost what was lost in the trials at the upper bound. */
  limits: z.object({ by: limitSchema, loss: lossSchema, trials: count, why: z.string() }).exactOptional(),
})

const nanoseconds = z.number().min(0)

export const latencySchema = z.object({
  path: z.string(),
  /** Of what the path was found to take. */
  share: positive,
  ratePps: positive,
  packets: count,
  lost: count,
  /** From the scheduled departure. */
  ...{ p50Ns: nanoseconds, p90Ns: nanoseconds, p99Ns: nanoseconds, maxNs: nanoseconds },
})

/** A path, as far as a search has something to say of it. */
export const measuredPathSchema = pathRecordSchema.pick({
  ...{ name: true, role: true, title: true, status: true, reason: true, proof: true, delivery: true },
  ...{ diagnosis: true },
})

/** What all that is measured at rates has in common. */
export const atRatesShape = {
  scenario: z.string(),
  title: z.string(),
  /** The scenario's file, as it was read. */
  scenarioSource: z.string(),
  request: runRequestSchema.pick({ scenario: true, changes: true, cpus: true }),
  seed: count,
  startedAt: z.string(),
  finishedAt: z.string(),
  /** False where it ended early: what was measured until then is here. */
  complete: z.boolean(),
  payloadBytes: count,
  flows: count,
  receiver: z.enum(['spinning', 'blocking']),
  environment: environmentSchema,
  warnings: z.array(z.object({ code: z.string(), message: z.string() })),
  paths: z.array(measuredPathSchema),
} as const

export const searchSchema = z.object({
  schemaVersion: z.literal(searchSchemaVersion),
  searchId: z.string(),
  ...atRatesShape,
  goals: z.array(goalSchema),
  minPps: positive,
  maxPps: positive,
  maxTimeS: positive,
  results: z.array(resultSchema),
  latencies: z.array(latencySchema),
  trials: z.array(rateTrialSchema),
})

export type Search = z.infer<typeof searchSchema>
export type SearchGoal = z.infer<typeof goalSchema>
export type SearchResult = z.infer<typeof resultSchema>
export type Limits = NonNullable<SearchResult['limits']>
export type Loss = z.infer<typeof lossSchema>
export type RateTrial = z.infer<typeof rateTrialSchema>
export type LatencyAtShare = z.infer<typeof latencySchema>
