/** Trials, rounds and blocks as they were measured. */
import { z } from 'zod'
import { count, nanoseconds } from '../../parts/figures.ts'
import { loadFields, trialKinds } from '../../parts/loads/loads.ts'
import { udpFields } from '../../parts/loads/udp.ts'
import {
  type AmountName,
  amounts,
  type DistributionName,
  distributions,
} from '../../parts/metrics/metrics.ts'

/** Statistics of one histogram of one trial. */
export const trialDistributionSchema = z.object({
  count,
  p50: nanoseconds,
  p90: nanoseconds,
  p99: nanoseconds,
  p999: nanoseconds,
  max: nanoseconds,
  mean: nanoseconds,
})

/** A field of the same shape for each metric, by name. */
const fieldsNamed = <Name extends string, Shape>(
  named: readonly { readonly name: string }[],
  shape: Shape,
): Record<Name, Shape> => Object.fromEntries(named.map(({ name }) => [name, shape])) as Record<Name, Shape>

export const trialRecordSchema = z.object({
  round: count,
  block: count,
  /** Place within the block, from 0: trials run in random order. */
  position: count,
  path: z.string(),
  kind: z.enum(trialKinds),
  /** What it is called in the scenario, where several of its kind are told apart. */
  name: z.string().optional(),
  /** Warm-up trials are recorded, and left out of every estimate. */
  warmup: z.boolean(),
  /** Of a round that failed before its proof was taken: left out as the warm-up is, and marked so too. */
  unproven: z.boolean().optional(),
  /** CLOCK_MONOTONIC at its start. */
  startNs: nanoseconds,
  durationNs: nanoseconds,
  /** Packets; in an HTTP trial requests, in a TCP trial transactions or bytes. */
  sent: count,
  /** Packets delivered, in a ping-pong answered; in an HTTP trial requests answered with success. */
  received: count,
  lost: count,
  /** Arrived with other content than was sent. */
  corrupted: count.optional(),
  /** Came to another server than the one called, or as an answer to another client's flow. */
  misdirected: count.optional(),
  ...z.object({ ...udpFields, ...loadFields }).partial().shape,
  ...z.object(fieldsNamed<AmountName, z.ZodNumber>(amounts, z.number())).partial().shape,
  ...z
    .object(
      fieldsNamed<DistributionName, typeof trialDistributionSchema>(distributions, trialDistributionSchema),
    )
    .partial().shape,
})

/** Statistics of all packets of a path in one round: the pairs for quantiles too far out for one trial. */
export const roundRecordSchema = z.object({
  round: count,
  path: z.string(),
  /** By distribution, e.g. `rttNs`; of a trial that has a name, e.g. `rttNs@large`. */
  distributions: z.record(z.string(), trialDistributionSchema),
})

/** What the machine did while a block ran. */
export const blockRecordSchema = z.object({
  round: count,
  block: count,
  warmup: z.boolean(),
  /** As in its trials. */
  unproven: z.boolean().optional(),
  startNs: nanoseconds,
  durationNs: nanoseconds,
  /** Share of all CPUs' time that the hypervisor gave to others, 0..1; null where the kernel does not say. */
  stealShare: z.number().nullable(),
  /** Share of all CPUs' time that was busy, 0..1. */
  busyShare: z.number(),
  contextSwitches: count,
  netRxSoftirqs: count,
  netTxSoftirqs: count,
  /** Of the CPUs used; null where the kernel does not say. */
  frequencyMHz: z.number().nullable(),
})

export type TrialDistribution = z.infer<typeof trialDistributionSchema>
export type TrialRecord = z.infer<typeof trialRecordSchema>
export type RoundRecord = z.infer<typeof roundRecordSchema>
export type BlockRecord = z.infer<typeof blockRecordSchema>
