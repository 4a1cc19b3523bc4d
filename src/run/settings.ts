/** What a run is asked to do, from the command's options and the scenario. Pure. */
import type { Receiver } from '../load/protocol.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { LoadTrial } from '../scenario/schema.ts'

/** The options of `bench run`, validated. Absent ones have defaults. */
export interface RunOptions {
  readonly quick: boolean
  readonly rounds?: number
  readonly blocks?: number
  /** Half-width of the interval to reach, as a ratio: 0.005 is ±0.5 %. */
  readonly precision?: number
  readonly maxTimeS?: number
  readonly margin: number
  readonly seed?: number
  readonly payloadBytes?: number
  readonly ratePps?: number
  readonly receiver: Receiver
}

/** Settings of a run before its first block; the number of blocks may follow from the pilot. */
export interface RunPlan {
  readonly quick: boolean
  /** Rounds, or how many the pilot has if `precision` is given. */
  readonly rounds: number
  /** Blocks of a round beside its warm-up; undefined where they fill the time. */
  readonly blocksPerRound: number | undefined
  readonly warmupBlocks: number
  readonly precision: number | null
  readonly maxTimeS: number
  readonly margin: number
  readonly load: readonly LoadTrial[]
}

/** Rounds of a default run: enough for an interval over rounds, few enough that building stays cheap. */
const defaultRounds = 10
const quickRounds = 6

/** Seconds of measuring, warm-up included, chosen so that a whole run keeps its promise on two cores. */
const defaultMaxTimeS = 14
const quickMaxTimeS = 2.4
const precisionMaxTimeS = 120

/** The plan that `options` and `scenario` make. */
export function planRun(scenario: Scenario, options: RunOptions): RunPlan {
  const isCounted = options.rounds !== undefined && options.blocks !== undefined
  return {
    quick: options.quick,
    rounds: options.rounds ?? (options.quick ? quickRounds : defaultRounds),
    blocksPerRound: options.blocks,
    warmupBlocks: 1,
    precision: options.precision ?? null,
    maxTimeS: options.maxTimeS ?? defaultTime(options, isCounted),
    margin: options.margin,
    load: scenario.load.map((trial) => adjusted(trial, options)),
  }
}

function defaultTime({ precision, quick }: RunOptions, isCounted: boolean): number {
  if (precision !== undefined || isCounted) return precisionMaxTimeS
  return quick ? quickMaxTimeS : defaultMaxTimeS
}

function adjusted(trial: LoadTrial, { payloadBytes, ratePps }: RunOptions): LoadTrial {
  const sized = payloadBytes === undefined ? trial : { ...trial, payloadBytes }
  return sized.kind === 'paced' && ratePps !== undefined ? { ...sized, ratePps } : sized
}

/**
 * Blocks of a round such that all rounds fill the time, from how long one block took.
 *
 * The count is fixed before anything is compared, so that stopping does not depend on results.
 */
export function blocksThatFit(plan: RunPlan, blockS: number, roundsToFill: number): number {
  const perRound = plan.maxTimeS / roundsToFill / blockS
  return Math.max(2, Math.floor(perRound) - plan.warmupBlocks)
}
