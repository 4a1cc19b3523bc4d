/** What drivers need where an engine sends by a program, or a sink takes by one. */
import { liveFramePins, loadLiveFrames } from '../datapath/live-frames.ts'
import { loadSinks } from '../datapath/sinks.ts'
import type { DriverTools } from '../load/driver.ts'
import { enginesOf } from '../scenario/engines.ts'
import { hasSinkBelowStack } from '../scenario/sinks.ts'
import type { Scenario, ScenarioPath } from '../scenario/scenario.ts'
import { localPart, type Sandbox } from '../topology/sandbox.ts'

/** Loads the programs of sinks where their paths are. @throws BenchError if a kernel refuses one */
export async function loadSinksFor(
  sandbox: Sandbox,
  paths: readonly ScenarioPath[],
  load: Scenario['load'],
): Promise<void> {
  if (!hasSinkBelowStack(load)) return
  for (const [place, here] of Map.groupBy(paths, ({ name }) => sandbox.at(name))) await loadSinks(place, here)
}

/** Loads the program wherever load for `paths` comes from, if it is sent by it. @throws BenchError if a kernel refuses it */
export async function liveFramesFor(
  sandbox: Sandbox,
  paths: readonly ScenarioPath[],
  load: Scenario['load'],
): Promise<Pick<DriverTools, 'liveFrames'>> {
  if (!enginesOf(load).some(({ hasProgram }) => hasProgram)) return {}
  const places = new Set(paths.map(({ name }) => localPart(sandbox.at(name))))
  for (const place of places) await loadLiveFrames(place)
  return { liveFrames: liveFramePins }
}
