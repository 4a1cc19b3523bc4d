/** What `sweep.json` holds: a sweep's settings, and its points, each a run of its own beside it. */
import { z } from 'zod'
import { count } from '../parts/figures.ts'
import type { RunRecord } from './record.ts'
import { runRequestSchema } from './schema/request.ts'

/** Version of the schema that this code writes. */
export const sweepSchemaVersion = 1

const valueSchema = z.union([z.number(), z.string()])

const pointSchema = z.object({
  /** By the name of the setting. */
  values: z.record(z.string(), valueSchema),
  /** The run's id, and its folder's name. */
  runId: z.string(),
  /**
   * waiting: nothing is measured. begun: some rounds are. measured: all are. skipped: it cannot be built here. failed:
   * something broke; what was measured before is kept.
   */
  state: z.enum(['waiting', 'begun', 'measured', 'skipped', 'failed']),
  /** Why it was skipped or failed. */
  reason: z.string().exactOptional(),
  roundsDone: count,
  rounds: count,
})

export const sweepSchema = z.object({
  schemaVersion: z.number(),
  sweepId: z.string(),
  scenario: z.string(),
  title: z.string(),
  /** The scenario's file as it was read, before any point's values were set. */
  scenarioSource: z.string(),
  request: runRequestSchema,
  seed: count,
  kernel: z.string(),
  startedAt: z.string(),
  finishedAt: z.string(),
  /** Whether every point was measured, or cannot be. */
  complete: z.boolean(),
  axes: z.array(z.object({ name: z.string(), values: z.array(valueSchema) })),
  points: z.array(pointSchema),
})

export type Sweep = z.infer<typeof sweepSchema>
export type SweepPoint = z.infer<typeof pointSchema>
export type SweepAxis = Sweep['axes'][number]

/** The records of points that were measured, by the id of their runs. */
export type Records = ReadonlyMap<string, RunRecord>

/** `payload=64, flows=16`. */
export const pointLabel = ({ values }: Pick<SweepPoint, 'values'>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ')
