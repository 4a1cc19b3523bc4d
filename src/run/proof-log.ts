/** The proof of every path, gathered round by round. */
import {
  addTraffic,
  describeFinding,
  type Finding,
  judgeBalance,
  judgeCounters,
  noTraffic,
  sumFindings,
  type Traffic,
} from '../datapath/proof.ts'
import type { Proof, ServerShare } from '../results/record.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { PathCounters } from './round-counters.ts'

/** Findings and traffic of a run, by path. */
export class ProofLog {
  readonly #rounds = new Map<string, Finding[][]>()
  readonly #traffic = new Map<string, Traffic>()

  /** Adds what the probe found. */
  addFindings(path: string, findings: readonly Finding[]): void {
    this.#rounds.set(path, [...(this.#rounds.get(path) ?? []), [...findings]])
  }

  /** Forgets the traffic of the round before. */
  startRound(): void {
    this.#traffic.clear()
  }

  /** Counts packets that a trial put on a path. */
  addTraffic(path: string, traffic: Traffic): void {
    this.#traffic.set(path, addTraffic(this.#traffic.get(path) ?? noTraffic, traffic))
  }

  /** Checks a path's rules against what was counted in the round. @param client the client's namespace */
  endRound({ name, proof, servers }: ScenarioPath, counters: PathCounters, client: string): void {
    const traffic = this.#traffic.get(name) ?? noTraffic
    const ends = { client, servers: servers.map(({ namespace }) => namespace) }
    this.addFindings(name, judgeCounters(proof, { traffic, counters, ...ends }))
  }

  /** What of a path's rules has not held in some round. */
  brokenOf(path: string): Proof[] {
    return sumFindings(this.#rounds.get(path) ?? [])
      .map(describeFinding)
      .filter(({ holds }) => !holds)
  }

  /** The proof of a path, all rounds together. @param servers what each server got of the load */
  proofOf({ name, proof }: ScenarioPath, servers: readonly ServerShare[]): Proof[] {
    const rounds = this.#rounds.get(name)
    if (rounds === undefined) return []
    return [...sumFindings(rounds), ...judgeBalance(proof, servers)].map(describeFinding)
  }
}
