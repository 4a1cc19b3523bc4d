/** That a background is met by the packets that it is there for. Pure. */
import type { Family } from '../parts/ip-address.ts'
import type { ScenarioPath } from './scenario.ts'
import type { Issue } from './yaml-file.ts'

/** Its routes and rules are of IPv4: packets of IPv6 would meet none, and a curve over them would be flat. */
export function checkBackground(paths: readonly ScenarioPath[], family: Family): Issue[] {
  if (family === 4) return []
  const names = paths.flatMap(({ topology }) =>
    Object.entries(topology.namespaces).flatMap(([name, { background }]) =>
      background !== undefined && background.routes + background.rules > 0 ? [name] : [],
    ),
  )
  return [...new Set(names)].map((name) => ({
    path: ['topology', 'namespaces', name, 'background'],
    message: `routes and rules of a background are of IPv4, and packets of IPv${family} meet none`,
  }))
}
