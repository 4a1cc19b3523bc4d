/** What a run is asked to do, from the command's options and the scenario. Pure. */
import { BenchError } from '../host/errors.ts'
import { mostPayloadBytes } from '../parts/ip-address.ts'
import type { RunRequest } from '../record/record.ts'
import { levelled } from '../scenario/changes/levelled.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { LoadTrial } from '../parts/loads/loads.ts'
import { tooLongSchedule } from '../parts/loads/schedule-length.ts'

/** The options of `bench run`, validated. Absent ones have defaults. */
export type RunOptions = Readonly<RunRequest['options']> & { readonly seed?: number }

/** Half-width of the band of equivalence of who names none, as a ratio. */
export const defaultMargin = 0.01

/** What a run is going to do. */
export interface RunPlan {
  readonly quick: boolean
  /** Rounds; with `precision`, those of the pilot. */
  readonly rounds: number
  /** Measured blocks of a round; undefined where they fill the round's time. */
  readonly blocksPerRound: number | undefined
  /** Time for the blocks of a round, warm-up included, where their number is not given. */
  readonly roundTimeS: number
  readonly warmupBlocks: number
  readonly precision: number | null
  readonly maxTimeS: number
  readonly margin: number
  readonly load: readonly LoadTrial[]
}

/** How much is measured where nobody says: chosen so that a whole run keeps its promise on two cores. */
interface Extent {
  readonly rounds: number
  /** Of the whole run, warm-up included, s. */
  readonly measuringS: number
  /** The most trials in a block that this time is for: where there are more, a run takes longer. */
  readonly trials: number
}

/*
 * Rounds of a run: enough for an interval and a test over rounds, few enough that building stays cheap.
 *
 * What a build of a path keeps for a round (other memory, other hash buckets) moves throughput by 0.8 %, the
 * blocks of a round together by 0.4 % (standard deviations, test/ab/recorded-noise.csv, run 1): more rounds of
 * fewer blocks narrow an interval, from 10 to 12 by a tenth. Each costs some 0.2 s of building, probing and warm-up.
 * The test takes any number of rounds, however many comparisons there are.
 */
const usual: Extent = { rounds: 12, measuringS: 14.8, trials: 12 }
/** Little more than the fewest blocks. */
const quick: Extent = { rounds: 6, measuringS: 2, trials: 16 }
/** Where many topologies take longer to build: as many blocks as there have to be. */
const quickOfMany: Extent = { rounds: 5, measuringS: 1.5, trials: 16 }

/** Where the amount to measure is given otherwise, time is only a bound. */
const boundS = 120

/** The plan that `options` and `scenario` make. @throws BenchError `usage` for what does not fit together */
export function planRun(scenario: Scenario, options: RunOptions): RunPlan {
  requireFittingPayload(scenario, options)
  const { precision, blocks } = options
  const trials = scenario.paths.length * scenario.load.length
  const extent = options.quick ? (trials > quick.trials ? quickOfMany : quick) : usual
  const rounds = options.rounds ?? extent.rounds
  const defaultS = extent.measuringS * Math.max(1, trials / extent.trials)
  const isBounded = precision !== undefined || blocks !== undefined
  const maxTimeS = options.maxTimeS ?? (isBounded ? boundS : defaultS)
  return {
    quick: options.quick,
    rounds,
    blocksPerRound: blocks,
    roundTimeS: (precision === undefined ? maxTimeS : Math.min(defaultS, maxTimeS)) / rounds,
    warmupBlocks: 1,
    precision: precision ?? null,
    maxTimeS,
    margin: options.margin,
    load: adjustedLoad(scenario.load, options),
  }
}

function requireFittingPayload({ family }: Scenario, { payloadBytes = 0 }: RunOptions): void {
  const most = mostPayloadBytes(family)
  if (payloadBytes > most)
    throw new BenchError(
      `Could not use --payload ${payloadBytes}: one Ethernet frame over IPv${family} has room for ${most} bytes`,
      { trouble: 'usage' },
    )
}

/** @throws BenchError `usage` where trials of one kind differ in what an option makes the same */
function adjustedLoad(load: readonly LoadTrial[], options: RunOptions): LoadTrial[] {
  const { payloadBytes, ratePps } = options
  const all = load.map((trial) => adjusted(trial, options))
  requireShortSchedules(all, options)
  const same = levelled(load, all)
  if (same === undefined) return all
  const said = [
    ...(payloadBytes === undefined ? [] : [`--payload ${payloadBytes}`]),
    ...(ratePps === undefined ? [] : [`--rate ${ratePps}`]),
  ]
  throw new BenchError(`Could not use ${said.join(' and ')}: ${same}`, {
    trouble: 'usage',
    hint: 'it would make them alike; change the scenario file, or measure another load by --load',
  })
}

/** What the file says has been checked with it. */
function requireShortSchedules(load: readonly LoadTrial[], { ratePps }: RunOptions): void {
  const fault = ratePps === undefined ? undefined : load.map(tooLongSchedule).find(Boolean)
  if (fault !== undefined)
    throw new BenchError(`Could not use --rate ${ratePps}: ${fault.message}`, { trouble: 'usage' })
}

/** A trial with what the options say of the settings that it has. */
const adjusted = (trial: LoadTrial, { payloadBytes, ratePps }: RunOptions): LoadTrial => ({
  ...trial,
  ...(payloadBytes !== undefined && 'payloadBytes' in trial ? { payloadBytes } : {}),
  ...(ratePps !== undefined && 'ratePps' in trial ? { ratePps } : {}),
})

/** What of the options a load has no use for, a sentence each. */
export const unusedOptions = ({ payloadBytes, ratePps }: RunOptions, load: Scenario['load']): string[] => [
  ...(payloadBytes !== undefined && !load.some((trial) => 'payloadBytes' in trial)
    ? ['--payload has no effect: the scenario sends no UDP']
    : []),
  ...(ratePps !== undefined && !load.some((trial) => 'ratePps' in trial)
    ? ['--rate has no effect: the scenario has no paced trial']
    : []),
]

/** How far a run is within one round. */
export interface RoundPosition {
  /** From 0. */
  readonly round: number
  /** Blocks of this round that are done, warm-up included. */
  readonly blocksDone: number
  /** Seconds of the run spent on blocks. */
  readonly spentS: number
}

/** Fewest measured blocks of a round, however slow they are. */
const fewestBlocks = 2

/**
 * The share of a round's blocks that is done, 1 and more where none is to follow.
 *
 * How many blocks there are follows from a number or from the clock, never from what they measured: an
 * interval that is looked at until it pleases does not hold what it says.
 */
export function shareDone(plan: RunPlan, { round, blocksDone, spentS }: RoundPosition): number {
  const measured = blocksDone - plan.warmupBlocks
  if (plan.blocksPerRound !== undefined) return measured / plan.blocksPerRound
  if (measured < fewestBlocks) return Math.min(measured / fewestBlocks, 0.99)
  return spentS / plan.roundTimeS - round
}
