/** What a path needs of the kernel. */
import type { CapabilityName } from '../host/capabilities.ts'
import { linkKindOf } from '../parts/links/kinds.ts'
import type { ScenarioPath } from './scenario.ts'

/** Whether a rule of its proof counts runs of a program. */
export const hasRunRules = ({ proof }: Pick<ScenarioPath, 'proof'>): boolean =>
  proof.some((rule) => 'program' in rule)

/** What the file says, what its links are made of, and what its proof cannot do without; each once. */
export const needsOf = (path: Pick<ScenarioPath, 'needs' | 'topology' | 'proof'>): CapabilityName[] => [
  ...new Set([
    ...path.needs,
    ...Object.values(path.topology.links).map(({ kind }) => linkKindOf(kind).needs),
    ...(hasRunRules(path) ? (['run-counts'] as const) : []),
  ]),
]
