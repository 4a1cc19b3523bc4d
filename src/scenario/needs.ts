/** What a path needs of the kernel beyond what every run does. */
import type { CapabilityName } from '../host/capabilities.ts'
import type { ScenarioPath } from './scenario.ts'

/** Whether a rule of its proof counts runs of a program. */
export const hasRunRules = ({ proof }: Pick<ScenarioPath, 'proof'>): boolean =>
  proof.some((rule) => 'program' in rule)

/** What the file says, and what its proof cannot do without. */
export const needsOf = (path: Pick<ScenarioPath, 'needs' | 'proof'>): CapabilityName[] => [
  ...new Set([...path.needs, ...(hasRunRules(path) ? (['run-counts'] as const) : [])]),
]
