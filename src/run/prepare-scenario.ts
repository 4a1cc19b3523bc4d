/** What of a scenario only its programs and the tools of the system can tell to be wrong. */
import { type BpfObjects } from '../datapath/bpf-objects.ts'
import { buildObjects, checkObjects } from '../datapath/build-objects.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { scenarioProblem } from '../scenario/load.ts'
import { checkRules } from '../topology/check-rules.ts'

/**
 * Builds every object that the paths need, and checks programs, maps, fields and rulesets.
 *
 * @throws ScenarioError with every wrong name, value or rule; BenchError `failed` if a source does not compile.
 */
export async function prepareScenario(scenario: Scenario): Promise<BpfObjects> {
  const [objects, rules] = await Promise.all([buildObjects(scenario), checkRules(scenario)])
  const issues = [...checkObjects(scenario, objects), ...rules.issues]
  if (issues.length > 0) throw scenarioProblem(scenario, issues)
  return objects
}
