/** The topology of redirect-vs-stack as a user has it before pathbench comes, and the scenario on it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { parseDocument, type YAMLMap } from 'yaml'
import { planTopology } from '../../src/topology/plan.ts'
import { findScenario } from '../../src/scenario/find.ts'
import { loadScenario } from '../../src/scenario/load.ts'
import { baselineOf } from '../../src/scenario/scenario.ts'

const main = findScenario('redirect-vs-stack')

export interface There {
  /** The scenario's text. */
  readonly text: string
  /** The file of a namespace by the scenario's name. */
  readonly fileOf: (namespace: string) => string
  readonly remove: () => Promise<void>
}

/** @param prefix of the names that `ip netns` knows */
export async function makeThere(prefix: string): Promise<There> {
  const plan = planTopology(baselineOf(loadScenario(main)).topology, (name) => `${prefix}-${name}`)
  const batch = (lines: readonly string[]) => execa('ip', ['-batch', '-'], { input: `${lines.join('\n')}\n` })
  await batch(plan.createLines)
  for (const { file, ipLines, sysctls } of plan.namespaces) {
    const inside = ['netns', 'exec', file]
    await execa('ip', [...inside, 'ip', '-batch', '-'], { input: `${ipLines.join('\n')}\n` })
    for (const sysctl of sysctls)
      await execa('ip', [...inside, 'sh', '-c', `echo "$1" >"$2"`, 'set', sysctl.value, sysctl.file])
  }
  return {
    text: scenarioText((name) => `/run/netns/${prefix}-${name}`),
    fileOf: (name) => `/run/netns/${prefix}-${name}`,
    remove: async () => {
      await batch(plan.removeLines)
    },
  }
}

/** redirect-vs-stack without its floor, whose topology is another; a program has no sample where it is switched. */
function scenarioText(fileOf: (namespace: string) => string): string {
  const document = parseDocument(readFileSync(join(main), 'utf8'))
  document.delete('$schema')
  document.set('place', 'existing')
  document.deleteIn(['paths', 'floor'])
  document.deleteIn(['paths', 'redirect', 'programs', 0, 'sample'])
  const namespaces = document.getIn(['topology', 'namespaces']) as YAMLMap<{ value: string }>
  for (const { key } of namespaces.items)
    document.setIn(
      ['topology', 'namespaces', key.value],
      document.createNode({ existing: { path: fileOf(key.value) } }),
    )
  return document.toString()
}
