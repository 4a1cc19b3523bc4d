/** What a path needs of the kernel beyond what every run does. */
import { hookNamed } from '../parts/hooks/hooks.ts'
import { defaultLinkKind, linkKindNamed } from '../parts/links/links.ts'
import { needs } from '../parts/needs/needs.ts'
import { needsOfRules } from '../parts/proofs/claims.ts'
import { usesFamily } from './addresses.ts'
import { hookedPrograms, type ScenarioPath } from './scenario.ts'

/** By name, each once: what the file says, and what its links, its programs' hooks and its proof cannot do without. */
export const needsOf = (
  path: Pick<ScenarioPath, 'needs' | 'topology' | 'programs' | 'found' | 'proof'>,
): string[] => [
  ...new Set([
    ...path.needs,
    ...linkNeeds(path),
    ...familyNeeds(path),
    ...hookedPrograms(path).map(({ hook }) => hookNamed(hook).need.name),
    ...needsOfRules(path.proof),
  ]),
]

const familyNeeds = ({ topology }: Pick<ScenarioPath, 'topology'>): string[] =>
  needs.filter(({ family }) => family !== undefined && usesFamily(topology, family)).map(({ name }) => name)

// The default is what every run needs.
const linkNeeds = ({ topology }: Pick<ScenarioPath, 'topology'>): string[] =>
  Object.values(topology.links)
    .filter(({ kind }) => kind !== defaultLinkKind)
    .map(({ kind }) => linkKindNamed(kind).need.name)
