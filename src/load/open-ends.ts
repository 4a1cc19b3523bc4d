/** Opens the ends of paths that are up, as far as they can be: one that has no route, or no address left, costs itself alone. */
import type { BenchError } from '../host/errors.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { Drivers } from './drivers.ts'
import { EndsNotOpened } from './ends-not-opened.ts'

/**
 * @param leaveOut called with a path whose ends cannot be opened, while none is open
 * @returns the paths whose ends are open
 * @throws BenchError where paths share the ends that cannot be opened, or that is no path's fault
 */
export async function openEnds(
  drivers: Pick<Drivers, 'open'>,
  paths: readonly ScenarioPath[],
  leaveOut: (path: ScenarioPath, error: BenchError) => Promise<void>,
): Promise<readonly ScenarioPath[]> {
  try {
    await drivers.open(paths)
    return paths
  } catch (error) {
    if (!(error instanceof EndsNotOpened)) throw error
    const refused = paths.find(({ name }) => name === error.ends)
    if (refused === undefined) throw error
    await leaveOut(refused, error)
    const others = paths.filter((path) => path !== refused)
    return await openEnds(drivers, others, leaveOut)
  }
}
