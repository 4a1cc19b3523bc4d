/** A scenario as the rest of the program sees it: every path whole, with the topology it runs on. */
import type { WayStep } from '../record/record.ts'
import type { Family } from '../parts/ip-address.ts'
import type { LoadTrial } from '../parts/loads/loads.ts'
import type { ProofRule } from '../parts/proofs/schema.ts'
import type { FoundProgram, OwnCommands } from './commands.ts'
import type { Families } from './families.ts'
import type { Place } from './place.ts'
import type { AwayHost } from './place-hosts.ts'
import type { Program, Role, ScenarioFile, Server, Topology } from './schema.ts'

export interface ScenarioPath extends OwnCommands {
  readonly name: string
  readonly role: Role
  readonly title: string
  readonly skips: readonly string[]
  readonly topology: Topology
  /** Where each server listens on this path. */
  readonly servers: readonly Server[]
  /** What clients call: a flow calls one of these. */
  readonly targets: readonly Target[]
  readonly programs: readonly ResolvedProgram[]
  /** Programs that its own commands attach. */
  readonly found: readonly FoundProgram[]
  /** Maps that are one in all objects of a namespace that declare them. */
  readonly sharedMaps: readonly string[]
  /** Names of needs, as the file has them, and of those of its engines and sinks. */
  readonly needs: readonly string[]
  /** A request's way. */
  readonly way: readonly WayStep[]
  /** A reply's way; empty where it is the request's in reverse. */
  readonly returnWay: readonly WayStep[]
  readonly proof: readonly ProofRule[]
  /** The kernel that it is on, where that is not this machine's. */
  readonly kernel?: string
  /** The path that it is held against, where that is not the baseline. */
  readonly against?: string
  /** What it may lose or reorder, as shares. */
  readonly allows: { readonly lossRatio?: number | undefined; readonly reordered?: number | undefined }
}

/** A program at a hook of a path, whoever put it there. */
export interface HookedProgram extends FoundProgram {
  /** Where it is loaded from an object: an absolute path. */
  readonly object?: string
}

/** Every program at a hook of a path: those that are loaded from objects, then those that its own commands attach. */
export const hookedPrograms = ({
  programs,
  found,
}: Pick<ScenarioPath, 'programs' | 'found'>): HookedProgram[] => [...programs, ...found]

export interface Target {
  readonly address: string
  readonly port: number
}

/** A program in one namespace, its object found: `object` is an absolute path. */
export interface ResolvedProgram extends Program {
  /** Its place in the path's list in the file. */
  readonly index: number
}

export interface Scenario {
  /** As the file has it, with those of an engine and a sink other than sockets behind it. */
  readonly name: string
  readonly title: string
  readonly description: string
  /** Absolute path of the file. */
  readonly file: string
  /** The file's text, as the command line changed it. */
  readonly source: string
  /** The options that changed it. */
  readonly changedBy?: string
  readonly place: Place
  /** Hosts that paths lead over, by ssh. */
  readonly hosts: readonly AwayHost[]
  /** The family of addresses that load is sent over. */
  readonly family: Family
  /** What it is over the other. */
  readonly families?: Families | undefined
  readonly parameters: ScenarioFile['parameters']
  /** What is measured as a sweep, as the file has it. */
  readonly matrix: ScenarioFile['matrix']
  readonly client: { readonly namespace: string; readonly flows: number }
  readonly load: readonly LoadTrial[]
  /** Limits that a run is held to, as written. */
  readonly gates: readonly string[]
  /** Where paths are two versions of one: what each is called. */
  readonly versions?: { readonly base: string; readonly head: string }
  /** In the file's order. */
  readonly paths: readonly ScenarioPath[]
}

/** The yardstick of a scenario. Every valid scenario has just one. */
export function baselineOf(scenario: Scenario): ScenarioPath {
  const baseline = scenario.paths.find((path) => path.role === 'baseline')
  if (baseline === undefined) throw new Error(`scenario ${scenario.name} has no baseline`)
  return baseline
}
