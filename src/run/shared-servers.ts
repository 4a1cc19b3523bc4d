/** What serves paths that share their namespaces, beside the drivers of load. */
import type { ServedPath } from '../load/driver.ts'
import { sharedEndSteps, sharedServerSteps } from '../load/drivers.ts'
import type { Scenario, ScenarioPath } from '../scenario/scenario.ts'
import { localPart, type Sandbox } from '../topology/sandbox.ts'

/** Starts it in the namespaces of all. @throws BenchError `failed` where a port is taken */
export async function startSharedServers(
  sandbox: Sandbox,
  paths: readonly ScenarioPath[],
  served: Omit<ServedPath, 'path'>,
  load: Scenario['load'],
): Promise<void> {
  await localPart(sandbox).run(sharedServerSteps(paths, served, load))
}

/** Ends it, as far as it is there. */
export async function endSharedServers(sandbox: Sandbox, load: Scenario['load']): Promise<void> {
  for (const step of sharedEndSteps(load)) await localPart(sandbox).tryStep(step)
}
