/** Loads the programs of sinks wherever paths are. */
import { loadOnce } from '../datapath/own-programs.ts'
import { sinkOrders } from '../datapath/sinks.ts'
import type { Scenario, ScenarioPath } from '../scenario/scenario.ts'
import { sinksOf } from '../scenario/sinks.ts'
import type { Sandbox } from '../topology/sandbox.ts'

/** For `paths`, where their load asks for it. @throws BenchError if a kernel refuses one */
export async function loadSinksFor(
  sandbox: Sandbox,
  paths: readonly ScenarioPath[],
  load: Scenario['load'],
): Promise<void> {
  const sink = sinksOf(load).find(({ isBelowStack }) => isBelowStack)
  if (sink === undefined) return
  for (const [place, here] of Map.groupBy(paths, ({ name }) => sandbox.at(name)))
    await loadOnce(place, sinkOrders(here), `sink ${sink.name}`)
}
