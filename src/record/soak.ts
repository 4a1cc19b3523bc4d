/** What `soak.json` holds: what became of a given rate, minute by minute. */
import { z } from 'zod'
import { count } from '../parts/figures.ts'
import { atRatesShape, lossSchema } from './search.ts'

/** Version of the schema that this code writes. */
export const soakSchemaVersion = 1

const nanoseconds = z.number().min(0)

/** A stretch of time on one path: a minute, or more where there would be too many. */
export const stretchSchema = z.object({
  path: z.string(),
  /** s since the soak began, of its start; and how long packets were offered to this path in it. */
  ...{ atS: z.number().min(0), offeredS: z.number().min(0) },
  /** That were to be offered. */
  packets: count,
  received: count,
  loss: lossSchema,
  /** From the scheduled departure. */
  ...{ p50Ns: nanoseconds, p90Ns: nanoseconds, p99Ns: nanoseconds, p999Ns: nanoseconds, maxNs: nanoseconds },
})

/** What the machine holds, at the end of a stretch. */
export const holdingSchema = z.object({
  atS: z.number().min(0),
  /** Kernel memory that cannot be reclaimed (SUnreclaim of /proc/meminfo), bytes. */
  kernelBytes: count,
  /** Memory that is available to new processes (MemAvailable), bytes. */
  availableBytes: count,
})

export const soakSchema = z.object({
  schemaVersion: z.literal(soakSchemaVersion),
  soakId: z.string(),
  ...atRatesShape,
  ratePps: z.number().positive(),
  /** That was asked for, and how long a stretch is. */
  ...{ timeS: z.number().positive(), stretchS: z.number().positive() },
  stretches: z.array(stretchSchema),
  holdings: z.array(holdingSchema),
})

export type Soak = z.infer<typeof soakSchema>
export type Stretch = z.infer<typeof stretchSchema>
export type Holding = z.infer<typeof holdingSchema>
