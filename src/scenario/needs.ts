/** What a path needs of the kernel beyond what every run does. */
import { hookNamed } from '../parts/hooks/hooks.ts'
import { defaultLinkKind, linkKindNamed } from '../parts/links/links.ts'
import { runCounts } from '../parts/needs/run-counts.ts'
import type { ScenarioPath } from './scenario.ts'

/** Whether a rule of its proof counts runs of a program. */
export const hasRunRules = ({ proof }: Pick<ScenarioPath, 'proof'>): boolean =>
  proof.some((rule) => 'program' in rule)

/** By name, each once: what the file says, and what its links, its programs' hooks and its proof cannot do without. */
export const needsOf = (path: Pick<ScenarioPath, 'needs' | 'topology' | 'programs' | 'proof'>): string[] => [
  ...new Set([
    ...path.needs,
    ...linkNeeds(path),
    ...path.programs.map(({ hook }) => hookNamed(hook).need.name),
    ...(hasRunRules(path) ? [runCounts.name] : []),
  ]),
]

// The default is what every run needs.
const linkNeeds = ({ topology }: Pick<ScenarioPath, 'topology'>): string[] =>
  Object.values(topology.links)
    .filter(({ kind }) => kind !== defaultLinkKind)
    .map(({ kind }) => linkKindNamed(kind).need.name)
