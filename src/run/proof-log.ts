/** The proof of every path, gathered round by round. */
import { type Counters, countersBetween, readCounters } from '../datapath/counters.ts'
import {
  addTraffic,
  describeFinding,
  type Finding,
  judgeCounters,
  noTraffic,
  sumFindings,
  type Traffic,
} from '../datapath/proof.ts'
import type { Proof } from '../results/record.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import { namespaceFileFor } from '../topology/plan.ts'
import type { Sandbox } from '../topology/sandbox.ts'

/** Counters of one path: by namespace, as the scenario calls it. */
type Snapshot = ReadonlyMap<string, Counters>

/** Findings and traffic of a run, by path. */
export class ProofLog {
  readonly #rounds = new Map<string, Finding[][]>()
  readonly #traffic = new Map<string, Traffic>()
  #before = new Map<string, Snapshot>()

  /** Adds what the probe found. */
  addFindings(path: string, findings: readonly Finding[]): void {
    this.#rounds.set(path, [...(this.#rounds.get(path) ?? []), [...findings]])
  }

  /** Reads the counters before a round's trials. */
  async startRound(sandbox: Sandbox, paths: readonly ScenarioPath[]): Promise<void> {
    this.#traffic.clear()
    this.#before = await snapshots(sandbox, paths)
  }

  /** Counts packets that a trial put on a path. */
  addTraffic(path: string, traffic: Traffic): void {
    this.#traffic.set(path, addTraffic(this.#traffic.get(path) ?? noTraffic, traffic))
  }

  /** Reads the counters after a round's trials, and checks every path's rules against the difference. */
  async endRound(sandbox: Sandbox, paths: readonly ScenarioPath[]): Promise<void> {
    const after = await snapshots(sandbox, paths)
    for (const path of paths) {
      const before = this.#before.get(path.name)
      const counters = new Map(
        [...(after.get(path.name) ?? [])].map(([namespace, counts]) => [
          namespace,
          countersBetween(before?.get(namespace) ?? new Map<string, number>(), counts),
        ]),
      )
      const traffic = this.#traffic.get(path.name) ?? noTraffic
      this.addFindings(path.name, judgeCounters(path.proof, { traffic, counters }))
    }
  }

  /** The proof of a path, all rounds together. */
  proofOf(path: string): Proof[] {
    return sumFindings(this.#rounds.get(path) ?? []).map(describeFinding)
  }
}

/** The counters of every namespace that a rule names. */
async function snapshots(sandbox: Sandbox, paths: readonly ScenarioPath[]): Promise<Map<string, Snapshot>> {
  const counted = paths.map(({ name, proof }) => {
    const namespaces = proof.flatMap((rule) => ('counter' in rule ? [rule.counter.split('/')[0] ?? ''] : []))
    return { name, namespaces: [...new Set(namespaces)], fileOf: namespaceFileFor(name) }
  })
  const counters = await readCounters(
    sandbox,
    counted.flatMap(({ namespaces, fileOf }) => namespaces.map(fileOf)),
  )
  return new Map(
    counted.map(({ name, namespaces, fileOf }) => [
      name,
      new Map(
        namespaces.map((namespace) => [
          namespace,
          counters.get(fileOf(namespace)) ?? new Map<string, number>(),
        ]),
      ),
    ]),
  )
}
