/** What a path needs of the kernel beyond what every run does. */
import { hookNamed } from '../parts/hooks/hooks.ts'
import { runCounts } from '../parts/needs/run-counts.ts'
import type { ScenarioPath } from './scenario.ts'

/** Whether a rule of its proof counts runs of a program. */
export const hasRunRules = ({ proof }: Pick<ScenarioPath, 'proof'>): boolean =>
  proof.some((rule) => 'program' in rule)

/** By name, each once: what the file says, and what its programs' hooks and its proof cannot do without. */
export const needsOf = (path: Pick<ScenarioPath, 'needs' | 'programs' | 'proof'>): string[] => [
  ...new Set([
    ...path.needs,
    ...path.programs.map(({ hook }) => hookNamed(hook).need.name),
    ...(hasRunRules(path) ? [runCounts.name] : []),
  ]),
]
