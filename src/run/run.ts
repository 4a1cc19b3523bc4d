/** A run: rounds, one after the other, until there are enough or it is to end. */
import { Drivers, sharedServerSteps } from '../load/drivers.ts'
import { randomSource } from '../stats/random.ts'
import { lendNamespaces } from '../topology/existing.ts'
import { namespaceFileFor } from '../topology/plan.ts'
import { Ending } from './ending.ts'
import { PathSwitch } from './path-switch.ts'
import { roundsForPrecision } from './pilot.ts'
import { ProgramCostMeter } from './program-costs.ts'
import { measureRound } from './round.ts'
import type { RoundContext } from './round-context.ts'
import { RunLog } from './run-log.ts'
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

  constructor(input: RunInput, tools: RunTools) {
    this.#input = input
    this.#tools = tools
    this.#log = new RunLog(input)
    this.#ending = new Ending(input, tools, this.#log)
    this.#rounds = input.plan.rounds
    this.#pathSwitch =
      input.scenario.place === 'existing' ? new PathSwitch(tools.sandbox, namespaceFileFor) : undefined
  }

  get state(): RunState {
    const { samples, proofs, deliveries, shares, programCosts, leftOut, diagnoses, programs } = this.#log
    return {
      ...{ samples, proofs, deliveries, shares, programCosts, leftOut, diagnoses, programs },
      stopwatch: this.#tools.stopwatch,
      rounds: this.#rounds,
      roundsDone: this.#roundsDone,
      stopped: this.#ending.reason(),
    }
  }

  /** Runs all rounds. @throws BenchError when something fails; `state` stays readable. */
  async measure(): Promise<void> {
    const context = this.#context()
    try {
      await this.#measureRounds(context)
    } finally {
      await this.#pathSwitch?.end()
    }
  }

  async #measureRounds(context: RoundContext): Promise<void> {
    if (this.#pathSwitch !== undefined) await this.#enterShared()
    while (this.#roundsDone < this.#rounds && !this.#ending.isDue()) {
      if (await this.#measureRound(context)) this.#roundsDone += 1
      if (this.#roundsDone === this.#input.plan.rounds) this.#planFromPilot()
    }
  }

  /** Namespaces that are there already, and what serves all paths in them. */
  async #enterShared(): Promise<void> {
    const { paths, placement, plan } = this.#input
    const { sandbox } = this.#tools
    await lendNamespaces(sandbox, paths, namespaceFileFor)
    const fileOf = namespaceFileFor(paths[0]?.name ?? '')
    await sandbox.run(sharedServerSteps(paths, { fileOf, serverCpu: placement.senderCpu }, plan.load))
  }

  async #measureRound(context: RoundContext): Promise<boolean> {
    try {
      return await measureRound(context, this.#roundsDone)
    } catch (error) {
      this.#log.samples.dropRound(this.#roundsDone)
      throw error
    }
  }

  #context(): RoundContext {
    const [input, tools] = [this.#input, this.#tools]
    const { progress, stopwatch } = tools
    return {
      ...{ input, tools, log: this.#log, ending: this.#ending, pathSwitch: this.#pathSwitch },
      drivers: new Drivers({ ...tools, scenario: input.scenario, placement: input.placement }),
      programCostMeter: new ProgramCostMeter({ ...tools, objects: input.objects }),
      random: randomSource(input.seed),
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

  /** Fixes the number of rounds that reach the wanted precision, from the spread of those measured. */
  #planFromPilot(): void {
    const { precision } = this.#input.plan
    if (precision === null) return
    this.#rounds = Math.max(this.#rounds, roundsForPrecision(this.#input, this.#log.samples, precision))
  }
}
