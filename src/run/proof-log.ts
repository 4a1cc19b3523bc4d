/** The proof of every path, gathered round by round. */
import { addCarried, type Carried, carriedIn } from '../datapath/way-check.ts'
import { judge } from '../parts/proofs/claims.ts'
import { describeRule, type CheckedRule, sumRounds } from '../parts/proofs/checked-rule.ts'
import { trialLabel } from '../parts/loads/trial-name.ts'
import type { TrialResult } from '../parts/loads/trial-result.ts'
import { addTraffic, noTraffic, type Traffic } from '../parts/traffic.ts'
import type { Delivery, Proof, ServerShare } from '../record/record.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { PathCounters } from './round-counters.ts'
import { withTaken } from './taken.ts'

/** Findings and traffic of a run, by path. */
export class ProofLog {
  readonly #rounds = new Map<string, CheckedRule[][]>()
  readonly #traffic = new Map<string, Traffic>()
  readonly #carried = new Map<string, Map<string, Carried>>()

  /** Adds what the probe found. */
  addFindings(path: string, findings: readonly CheckedRule[]): void {
    this.#rounds.set(path, [...(this.#rounds.get(path) ?? []), [...findings]])
  }

  /** Forgets the traffic of the round before. */
  startRound(): void {
    this.#traffic.clear()
    this.#carried.clear()
  }

  /** Counts packets that a trial put on its path. */
  addTrial(trial: TrialResult): void {
    const { path, traffic } = trial
    this.#traffic.set(path, addTraffic(this.#traffic.get(path) ?? noTraffic, traffic))
    const byTrial = this.#carried.get(path) ?? new Map<string, Carried>()
    const label = trialLabel(trial)
    const before = byTrial.get(label)
    byTrial.set(label, before === undefined ? carriedIn(trial) : addCarried(before, carriedIn(trial)))
    this.#carried.set(path, byTrial)
  }

  /** What trials of the round put on a path. */
  trafficOf(path: string): Traffic {
    return this.#traffic.get(path) ?? noTraffic
  }

  /** The same as the kernel carried it, by kind and name of trial. */
  carriedOn(path: string): readonly Carried[] {
    return [...(this.#carried.get(path)?.values() ?? [])]
  }

  /** Checks a path's rules against what was counted in the round. */
  endRound({ name, proof, servers }: ScenarioPath, counters: PathCounters): void {
    const traffic = this.trafficOf(name)
    const counted = withTaken(counters, servers, traffic.taken)
    this.addFindings(name, judge('round', proof, { traffic, counters: counted }))
  }

  /** What of a path's rules does not hold, or did not in some round. @param deliveries what both ends counted */
  brokenOf({ name, proof }: ScenarioPath, deliveries: readonly Delivery[]): Proof[] {
    return [...sumRounds(this.#rounds.get(name) ?? []), ...judge('delivery', proof, deliveries)]
      .map(describeRule)
      .filter(({ holds }) => !holds)
  }

  /**
   * The proof of a path, all rounds together.
   *
   * @param servers what each server got of the load
   * @param deliveries what both ends counted
   */
  proofOf(
    { name, proof }: ScenarioPath,
    servers: readonly ServerShare[],
    deliveries: readonly Delivery[],
  ): Proof[] {
    const rounds = this.#rounds.get(name)
    if (rounds === undefined) return []
    return [
      ...sumRounds(rounds),
      ...judge('delivery', proof, deliveries),
      ...judge('servers', proof, servers),
    ].map(describeRule)
  }
}
