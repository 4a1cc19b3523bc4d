/** The gates of a scenario, before anything is measured. Pure. */
import { type Issue, parseYaml } from '../scenario/yaml-file.ts'
import { type Named, wrongNames } from './check-names.ts'
import { gatesOf } from './gate-list.ts'

/**
 * Every gate that says nothing, or names what the scenario has not.
 *
 * @param source the text of the scenario; none are found where it is no YAML
 * @param named what gates may name
 */
export function checkScenarioGates(source: string, named: Named): Issue[] {
  const yaml = parseYaml(source)
  const { gates: list = [] } = (yaml.value ?? {}) as { gates?: unknown }
  // That it is a list is for the schema to say.
  if (!Array.isArray(list)) return []
  const { gates, problems } = gatesOf(source, yaml, ['gates'], list, '')
  return [...problems, ...wrongNames(gates, named)].map(({ source: { line, column }, text, message }) => ({
    path: ['gates'],
    position: { line, column },
    message: text === undefined ? message : `"${text}": ${message}`,
  }))
}
