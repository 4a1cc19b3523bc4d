/** What scenarios lose on a machine on which something is missing. Pure. */
import { needsOf } from './needs.ts'
import type { Scenario } from './scenario.ts'
import { toolsOf } from './tools.ts'
import { hasSomethingToCompare } from './worthwhile.ts'

/** Paths that are skipped, or the whole run. */
export interface Loss {
  readonly scenario: string
  readonly lost: 'the run' | readonly string[]
}

/** What each scenario loses that loses anything. @param missing names of tools and of needs */
export function lossesOf(missing: readonly string[], scenarios: readonly Scenario[]): Loss[] {
  const isMissing = (wanted: string): boolean => missing.includes(wanted)
  return scenarios.flatMap((scenario): Loss[] => {
    const paths = scenario.paths.filter((path) => needsOf(path).some(isMissing))
    const remaining = scenario.paths.filter((path) => !paths.includes(path))
    if (toolsOf(scenario).some(isMissing) || !hasSomethingToCompare(scenario.paths, remaining))
      return [{ scenario: scenario.name, lost: 'the run' }]
    return paths.length === 0 ? [] : [{ scenario: scenario.name, lost: paths.map(({ name }) => name) }]
  })
}

/** Losses as a user reads them. */
export const lossText = (losses: readonly Loss[]): string =>
  losses
    .map(({ scenario, lost }) =>
      lost === 'the run' ? `${scenario} cannot run` : `${scenario} runs without ${lost.join(', ')}`,
    )
    .join('; ')
