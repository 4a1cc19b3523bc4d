/** A scenario as the rest of the program sees it: every path whole, with the topology it runs on. */
import type { WayStep } from '../results/record.ts'
import type { LoadTrial, Program, ProofRule, Role, Topology } from './schema.ts'
import type { CapabilityName } from '../host/capabilities.ts'

export interface ScenarioPath {
  readonly name: string
  readonly role: Role
  readonly title: string
  readonly skips: readonly string[]
  readonly topology: Topology
  readonly programs: readonly ResolvedProgram[]
  readonly needs: readonly CapabilityName[]
  readonly way: readonly WayStep[]
  readonly proof: readonly ProofRule[]
}

/** A program whose object has been found: `object` is an absolute path. */
export type ResolvedProgram = Program

export interface Scenario {
  readonly name: string
  readonly title: string
  readonly description: string
  /** Absolute path of the file. */
  readonly file: string
  /** The file's text. */
  readonly source: string
  readonly client: { readonly namespace: string }
  readonly server: { readonly namespace: string; readonly address: string; readonly port: number }
  readonly load: readonly LoadTrial[]
  /** In the file's order. */
  readonly paths: readonly ScenarioPath[]
}

/** The yardstick of a scenario. Every valid scenario has just one. */
export function baselineOf(scenario: Scenario): ScenarioPath {
  const baseline = scenario.paths.find((path) => path.role === 'baseline')
  if (baseline === undefined) throw new Error(`scenario ${scenario.name} has no baseline`)
  return baseline
}
