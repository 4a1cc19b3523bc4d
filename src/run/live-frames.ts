/** What drivers need where an engine sends by a program. */
import { liveFramePins, liveFramesOrder } from '../datapath/live-frames.ts'
import { loadOnce } from '../datapath/own-programs.ts'
import type { DriverTools } from '../load/driver.ts'
import { enginesOf } from '../scenario/engines.ts'
import type { Scenario, ScenarioPath } from '../scenario/scenario.ts'
import { localPart, type Sandbox } from '../topology/sandbox.ts'

/** Loads the program wherever load for `paths` comes from, if it is sent by it. @throws BenchError if a kernel refuses it */
export async function liveFramesFor(
  sandbox: Sandbox,
  paths: readonly ScenarioPath[],
  load: Scenario['load'],
): Promise<Pick<DriverTools, 'liveFrames'>> {
  const engine = enginesOf(load).find(({ hasProgram }) => hasProgram)
  if (engine === undefined) return {}
  const places = new Set(paths.map(({ name }) => localPart(sandbox.at(name))))
  for (const place of places) await loadOnce(place, [liveFramesOrder()], `engine ${engine.name}`)
  return { liveFrames: liveFramePins }
}
