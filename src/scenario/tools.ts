/** The tools of the system that a scenario calls beyond those of every run. */
import type { ToolName } from '../host/tools.ts'
import { countersOfRules } from '../parts/proofs/claims.ts'
import type { Scenario } from './scenario.ts'

/** Each once. */
export function toolsOf({ paths, load }: Scenario): ToolName[] {
  const topologies = paths.map(({ topology }) => topology)
  const hasRules = topologies.some(({ namespaces }) =>
    Object.values(namespaces).some(({ nftables }) => nftables !== ''),
  )
  const namesRules = paths.some(({ proof }) =>
    countersOfRules(proof).some(({ name }) => name?.of === 'nftables'),
  )
  const hasOffloads = topologies.some(({ links }) =>
    Object.values(links)
      .flat()
      .some(({ offload }) => Object.keys(offload).length > 0),
  )
  const hasHttp = load.some(({ kind }) => kind === 'http')
  return [
    ...(hasRules || namesRules ? (['nft'] as const) : []),
    ...(hasOffloads ? (['ethtool'] as const) : []),
    ...(hasHttp ? (['nginx', 'h2load', 'taskset'] as const) : []),
  ]
}
