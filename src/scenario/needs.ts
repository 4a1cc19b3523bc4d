/** What a path needs of the kernel beyond what every run does. */
import { hookNamed } from '../parts/hooks/hooks.ts'
import { defaultLinkKind, linkKindNamed } from '../parts/links/links.ts'
import { needsOfRules } from '../parts/proofs/claims.ts'
import { hookedPrograms, type ScenarioPath } from './scenario.ts'

/** By name, each once: what the file says, and what its links, its programs' hooks and its proof cannot do without. */
export const needsOf = (
  path: Pick<ScenarioPath, 'needs' | 'topology' | 'programs' | 'found' | 'proof'>,
): string[] => [
  ...new Set([
    ...path.needs,
    ...linkNeeds(path),
    ...hookedPrograms(path).map(({ hook }) => hookNamed(hook).need.name),
    ...needsOfRules(path.proof),
  ]),
]

// The default is what every run needs.
const linkNeeds = ({ topology }: Pick<ScenarioPath, 'topology'>): string[] =>
  Object.values(topology.links)
    .filter(({ kind }) => kind !== defaultLinkKind)
    .map(({ kind }) => linkKindNamed(kind).need.name)
