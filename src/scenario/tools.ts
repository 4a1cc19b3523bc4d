/** The tools of the system that a scenario calls beyond those of every run. */
import type { ToolName } from '../host/tools.ts'
import { loadOf } from '../parts/loads/loads.ts'
import { countersOfRules } from '../parts/proofs/claims.ts'
import { linkEnds } from './link-ends.ts'
import type { Scenario } from './scenario.ts'

/** Each once. */
export function toolsOf({ hosts, paths, load }: Scenario): ToolName[] {
  const topologies = paths.map(({ topology }) => topology)
  const hasRules = topologies.some(({ namespaces }) =>
    Object.values(namespaces).some(({ nftables }) => nftables !== ''),
  )
  const namesRules = paths.some(({ proof }) =>
    countersOfRules(proof).some(({ name }) => name?.of === 'nftables'),
  )
  const hasOffloads = topologies.flatMap(linkEnds).some(({ offload }) => Object.keys(offload).length > 0)
  return [
    ...(hasRules || namesRules ? (['nft'] as const) : []),
    ...(hasOffloads ? (['ethtool'] as const) : []),
    ...(hosts.length > 0 ? (['ssh'] as const) : []),
    ...load.flatMap(({ kind }) => loadOf(kind).tools),
  ]
}
