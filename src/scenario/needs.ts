/** What a path needs of the kernel beyond what every run does. */
import { defaultLinkKind, linkKindNamed } from '../parts/links/links.ts'
import type { ScenarioPath } from './scenario.ts'

/** Whether a rule of its proof counts runs of a program. */
export const hasRunRules = ({ proof }: Pick<ScenarioPath, 'proof'>): boolean =>
  proof.some((rule) => 'program' in rule)

/** By name, each once: what the file says, and what its links and its proof cannot do without. */
export const needsOf = (path: Pick<ScenarioPath, 'needs' | 'topology' | 'proof'>): string[] => [
  ...new Set([...path.needs, ...linkNeeds(path), ...(hasRunRules(path) ? ['run-counts'] : [])]),
]

// The default is what every run needs.
const linkNeeds = ({ topology }: Pick<ScenarioPath, 'topology'>): string[] =>
  Object.values(topology.links)
    .filter(({ kind }) => kind !== defaultLinkKind)
    .map(({ kind }) => linkKindNamed(kind).need)
