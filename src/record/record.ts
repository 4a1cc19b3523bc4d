/**
 * The run record: what `run.json` holds. The published JSON Schema is generated from this.
 *
 * Fields may be added in later versions; those here stay. `schemaVersion` rises only when the
 * meaning of a field changes.
 */
import { z } from 'zod'
import { count, nanoseconds } from '../parts/figures.ts'
import { environmentSchema, settingsSchema, subjectSchema } from './schema/conditions.ts'
import { comparisonSchema, estimateSchema } from './schema/estimates.ts'
import { pathRecordSchema } from './schema/paths.ts'
import { runRequestSchema } from './schema/request.ts'
import { blockRecordSchema, roundRecordSchema, trialRecordSchema } from './schema/trials.ts'
import { traceSchema } from './trace.ts'

export type { Environment, Machine, Settings, Subject } from './schema/conditions.ts'
export type { Comparison, Estimate, Proof, Verdict } from './schema/estimates.ts'
export type {
  ConnectionTables,
  Crossing,
  Delivery,
  Distribution,
  PathRecord,
  ServerShare,
} from './schema/paths.ts'
export type { RunRequest } from './schema/request.ts'
export type { BuiltTopology, WayStep } from './schema/topology.ts'
export type { BlockRecord, RoundRecord, TrialDistribution, TrialRecord } from './schema/trials.ts'

/** Version of the record's schema that this code writes. */
export const schemaVersion = 1

export const runRecordSchema = z.object({
  schemaVersion: z.literal(schemaVersion),
  runId: z.string(),
  /** The scenario's name. */
  scenario: z.string(),
  title: z.string(),
  /** The scenario file as it was read. */
  scenarioSource: z.string(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  /** False where the run was interrupted or failed: what it measured until then is here. */
  complete: z.boolean(),
  /** The command that repeats this run. */
  command: z.string(),
  /** Records of earlier versions have none. */
  request: runRequestSchema.optional(),
  seed: count,
  settings: settingsSchema,
  /** What was measured: two runs with the same are of the same thing. */
  subject: subjectSchema.optional(),
  environment: environmentSchema,
  /** Where the wall time went, ns by phase: setup, build, warmup, measuring, proof, other. */
  phasesNs: z.record(z.string(), nanoseconds),
  paths: z.array(pathRecordSchema).min(1),
  estimates: z.array(estimateSchema.extend({ path: z.string(), metric: z.string(), unit: z.string() })),
  comparisons: z.array(comparisonSchema),
  /** Further figures computed from the estimates: the router's own cost, what limited the flood. */
  derived: z.object({
    /** Path minus floor. */
    routerCost: z.array(
      estimateSchema.extend({
        path: z.string(),
        /** The flood that it is of, where there are several. */
        trial: z.string().optional(),
        unit: z.literal('ns'),
        /** (path − floor) / (baseline − floor); null for the baseline and where the floor is missing. */
        ratioToBaseline: estimateSchema.nullable(),
      }),
    ),
    floodLimit: z.array(
      z.object({
        path: z.string(),
        /** As above. */
        trial: z.string().optional(),
        limitedBy: z.enum(['path', 'receiver']),
        why: z.string(),
      }),
    ),
    /** What a run of a program costs, beyond that of a program that does nothing (BPF_PROG_TEST_RUN). */
    programCost: z
      .array(estimateSchema.extend({ path: z.string(), program: z.string(), unit: z.literal('ns') }))
      .optional(),
  }),
  warnings: z.array(z.object({ code: z.string(), message: z.string() })),
  /** Where the time goes, station by station: of trials that count for nothing else, after all rounds. */
  trace: traceSchema.optional(),
  rounds: z.array(roundRecordSchema),
  blocks: z.array(blockRecordSchema),
  trials: z.array(trialRecordSchema),
})

export type RunRecord = z.infer<typeof runRecordSchema>
