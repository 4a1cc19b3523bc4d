/** What a path needs of the kernel beyond what every run does. */
import type { CapabilityName } from '../host/capabilities.ts'
import { needsOfRules } from '../parts/proofs/claims.ts'
import type { ScenarioPath } from './scenario.ts'

/** What the file says, and what its proof cannot do without. */
export const needsOf = (path: Pick<ScenarioPath, 'needs' | 'proof'>): CapabilityName[] => [
  ...new Set([...path.needs, ...needsOfRules(path.proof)]),
]
