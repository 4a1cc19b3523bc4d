/** Scenarios as commands read them that go on to build one: all mistakes of a file are told at once. */
import type { BpfObjects } from '../../datapath/bpf-objects.ts'
import { checkScenarioGates } from '../../gates/check-scenario-gates.ts'
import type { Changes } from '../../scenario/changes/words.ts'
import { loadScenario, scenarioProblem } from '../../scenario/load.ts'
import { valueAt } from '../../scenario/own-value.ts'
import { ScenarioError } from '../../scenario/scenario-error.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { type Issue, parseYaml } from '../../scenario/yaml-file.ts'

/** What was looked at without building anything on the machine, and found right. */
export interface CheckedScenario {
  readonly scenario: Scenario
  readonly objects: BpfObjects
  /** Rulesets that nft has looked at. */
  readonly rulesets: number
  /** What could not be looked at, and why. */
  readonly unchecked: readonly string[]
}

/**
 * Reads a scenario that is about to be built. Objects and rules are looked at only if something is wrong already: they
 * are looked at again once the machine is the run's alone.
 *
 * @throws ScenarioError with every mistake of the file, its gates, programs and rules
 */
export async function loadForRun(file: string, changes: Changes): Promise<Scenario> {
  const read = readSound(file, changes)
  if (read.error === undefined) return read.scenario
  const { issues } = await lookInto(read.scenario)
  throw read.error.with(issues)
}

/**
 * Reads a scenario, and looks at all that can be looked at without root.
 *
 * @throws ScenarioError with every mistake of the file, its gates, programs and rules, and every program that does not
 *   compile
 */
export async function checkScenario(file: string, changes: Changes): Promise<CheckedScenario> {
  const { scenario, error } = readSound(file, changes)
  const { issues, uncompiled, ...found } = await lookInto(scenario)
  const all = [...issues, ...uncompiled]
  if (error !== undefined) throw error.with(all)
  if (all.length > 0) throw scenarioProblem(scenario, all)
  return { scenario, ...found }
}

interface Read {
  /** What of it is sound. */
  readonly scenario: Scenario
  /** With what is wrong with the file itself and its gates. */
  readonly error?: ScenarioError
}

/** @throws ScenarioError where nothing of the file can be looked at any further */
function readSound(file: string, changes: Changes): Read {
  try {
    const scenario = loadScenario(file, changes)
    const issues = gateIssues(scenario)
    return issues.length === 0 ? { scenario } : { scenario, error: scenarioProblem(scenario, issues) }
  } catch (error) {
    if (!(error instanceof ScenarioError) || error.sound === undefined) throw error
    return { scenario: error.sound, error: error.with(gateIssues(error.sound)) }
  }
}

/** Gates are held against all paths that the file names, be they sound or not. */
function gateIssues({ name, source, load }: Scenario): Issue[] {
  const written = (valueAt(parseYaml(source).value, ['paths']) ?? {}) as Record<string, unknown>
  const paths = Object.entries(written).map(([path, value]) => ({
    name: path,
    role: valueAt(value, ['role']) as Scenario['paths'][number]['role'],
  }))
  return checkScenarioGates(source, { scenario: name, paths, settings: { trials: load } })
}

async function lookInto(scenario: Scenario) {
  const [{ buildWhatCanBe, checkObjects, failedObjects }, { checkRules }] = await Promise.all([
    import('../../datapath/build-objects.ts'),
    import('../../topology/check-rules.ts'),
  ])
  const [{ objects, unbuilt }, rules] = await Promise.all([buildWhatCanBe(scenario), checkRules(scenario)])
  return {
    objects,
    issues: [...checkObjects(scenario, objects), ...rules.issues],
    uncompiled: failedObjects(scenario, objects),
    rulesets: rules.asked,
    unchecked: [...unbuilt, ...(rules.unasked === undefined ? [] : [`rules of nftables: ${rules.unasked}`])],
  }
}
