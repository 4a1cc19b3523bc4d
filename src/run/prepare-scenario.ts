/** What of a scenario only its programs and the tools of the system can tell to be wrong. */
import { type BpfObjects } from '../datapath/bpf-objects.ts'
import { buildObjects, checkObjects } from '../datapath/build-objects.ts'
import { ScenarioError } from '../scenario/scenario-error.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { scenarioProblem } from '../scenario/load.ts'
import { checkRules } from '../topology/check-rules.ts'

/**
 * Builds every object that the paths need, and checks programs, maps, fields and rulesets.
 *
 * @throws ScenarioError with every wrong name, value or rule; BenchError `failed` if a source does not compile.
 */
export async function prepareScenario(scenario: Scenario): Promise<BpfObjects> {
  const [objects, wrongRules] = await Promise.all([buildObjects(scenario), checkRules(scenario)])
  const issues = [...checkObjects(scenario, objects), ...wrongRules]
  if (issues.length > 0) throw scenarioProblem(scenario, issues)
  return objects
}

/**
 * Adds to the problems of a file what is wrong with the rest of it, so that all is told at once.
 *
 * @param error what was thrown when it was read; anything else comes back as it is
 */
export async function withAllProblems(error: unknown): Promise<unknown> {
  if (!(error instanceof ScenarioError) || error.sound === undefined) return error
  const { sound } = error
  try {
    const [objects, wrongRules] = await Promise.all([buildObjects(sound), checkRules(sound)])
    return error.with([...checkObjects(sound, objects), ...wrongRules])
  } catch {
    // A program that cannot be built is told once the file is right.
    return error
  }
}
