/** A run: rounds, one after the other, until there are enough or it is to end. */
import { Drivers } from '../load/drivers.ts'
import { randomSource } from '../stats/random.ts'
import { namespaceFileFor } from '../topology/plan.ts'
import { localPart } from '../topology/sandbox.ts'
import { measureBlocks } from './blocks.ts'
import { hasSomethingToCompare, type IsWorthwhile } from '../scenario/worthwhile.ts'
import { Ending } from './ending.ts'
import { furnishPlaces } from './furnish-places.ts'
import { PathSwitch } from './path-switch.ts'
import { roundsForPrecision } from './pilot.ts'
import { liveFramesFor } from './live-frames.ts'
import { loadSinksFor } from './load-sinks.ts'
import { ProgramCostMeter } from './program-costs.ts'
import { clearUp, measureRound } from './round.ts'
import type { MeasureUp, RoundContext } from './round-context.ts'
import { type LogEntry, RunLog } from './run-log.ts'
import type { RunInput, RunState, RunTools } from './run-state.ts'

/** Runs a scenario's rounds. What was measured until an interruption or error is in the last state. */
export class Run {
  readonly #input: RunInput
  readonly #tools: RunTools
  readonly #log: RunLog
  readonly #ending: Ending
  #rounds: number
  #roundsDone = 0
  readonly #pathSwitch: PathSwitch | undefined
  #context: RoundContext | undefined
  readonly #measureUp: MeasureUp

  /**
   * @param heard told each thing that the run takes down
   * @param measureUp what is measured in a round
   * @param isWorthwhile whether it goes on where paths were left out
   */
  constructor(
    input: RunInput,
    tools: RunTools,
    heard?: (entry: LogEntry) => void,
    measureUp: MeasureUp = measureBlocks,
    isWorthwhile: IsWorthwhile = hasSomethingToCompare,
  ) {
    this.#measureUp = measureUp
    this.#input = input
    this.#tools = tools
    this.#log = new RunLog(input, heard)
    this.#ending = new Ending(input, tools, this.#log, isWorthwhile)
    this.#rounds = input.plan.rounds
    this.#pathSwitch =
      input.scenario.place === 'existing' ? new PathSwitch(tools.sandbox, namespaceFileFor) : undefined
  }

  get state(): RunState {
    const { samples, proofs, deliveries, shares, programCosts, programs, tables } = this.#log
    const { leftOut, unfit, diagnoses, contradictions, busyAgents } = this.#log
    return {
      ...{ samples, proofs, deliveries, shares, programCosts, programs, tables },
      ...{ leftOut, unfit, diagnoses, contradictions, busyAgents },
      stopwatch: this.#tools.stopwatch,
      rounds: this.#rounds,
      roundsDone: this.#roundsDone,
      stopped: this.#ending.reason(),
    }
  }

  /** Whether there is no round left, or the run is to end before the next. */
  isOver(): boolean {
    return this.#roundsDone >= this.#rounds || this.#ending.isDue()
  }

  /** Takes down a round that was measured before, from what was heard of it. */
  recall(entries: readonly LogEntry[]): void {
    for (const entry of entries) this.#log.add(entry)
    this.#endRound()
  }

  /** Runs all rounds. @throws BenchError when something fails; `state` stays readable. */
  async measure(): Promise<void> {
    try {
      while (!this.isOver()) await this.measureRound()
    } finally {
      await this.end()
    }
  }

  /**
   * Measures the next round.
   *
   * @returns whether it went to its end
   * @throws BenchError when something fails; what there is of the round counts for nothing
   */
  async measureRound(): Promise<boolean> {
    this.#context ??= await this.#begin()
    try {
      const isWhole = await measureRound(this.#context, this.#roundsDone)
      if (isWhole) this.#endRound()
      return isWhole
    } catch (error) {
      this.#log.add(['drop', this.#roundsDone])
      throw error
    }
  }

  /** Takes away what a round that failed has left. @throws NotTakenAway */
  async clearUp(): Promise<void> {
    if (this.#context !== undefined) await clearUp(this.#context)
  }

  /** Gives back what rounds share. */
  async end(): Promise<void> {
    await this.#pathSwitch?.end()
  }

  async #begin(): Promise<RoundContext> {
    const [input, tools] = [this.#input, this.#tools]
    const { progress, stopwatch } = tools
    await loadSinksFor(tools.sandbox, input.paths, input.scenario.load)
    if (this.#pathSwitch !== undefined) await furnishPlaces(tools.sandbox, input, namespaceFileFor)
    return {
      ...{ input, tools, log: this.#log, ending: this.#ending, pathSwitch: this.#pathSwitch },
      measureUp: this.#measureUp,
      drivers: new Drivers({
        ...tools,
        ...(await liveFramesFor(tools.sandbox, input.paths, input.scenario.load)),
        sandbox: localPart(tools.sandbox),
        scenario: input.scenario,
        placement: input.placement,
      }),
      programCostMeter: new ProgramCostMeter({ ...tools, objects: input.objects }),
      // Rounds that were measured before have used up what comes first.
      random: randomSource(input.seed + this.#roundsDone),
      enter: (phase, detail) => {
        stopwatch.enter(phase)
        progress.phase(phase, detail)
      },
      showProgress: (round, share) => {
        const elapsedS = stopwatch.elapsedS()
        progress.block({ round: round + 1, rounds: this.#rounds, share, elapsedS })
      },
      besideBuild: async (round) => {
        if (round === 0) await tools.besideFirstBuild()
        else tools.keep(this.state)
      },
    }
  }

  #endRound(): void {
    this.#roundsDone += 1
    if (this.#roundsDone === this.#input.plan.rounds) this.#planFromPilot()
  }

  /** Fixes the number of rounds that reach the wanted precision, from the spread of those measured. */
  #planFromPilot(): void {
    const { precision } = this.#input.plan
    if (precision === null) return
    this.#rounds = Math.max(this.#rounds, roundsForPrecision(this.#input, this.#log.samples, precision))
  }
}
