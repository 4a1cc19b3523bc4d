/** What drivers need where an engine sends by a program. */
import { loadLiveFrames } from '../datapath/live-frames.ts'
import type { DriverTools } from '../load/driver.ts'
import { enginesOf } from '../scenario/engines.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { Sandbox } from '../topology/sandbox.ts'

/** Loads the program where the load is sent by it. @throws BenchError if the kernel refuses it */
export const liveFramesFor = async (
  sandbox: Sandbox,
  load: Scenario['load'],
): Promise<Pick<DriverTools, 'liveFrames'>> =>
  enginesOf(load).some(({ hasProgram }) => hasProgram) ? { liveFrames: await loadLiveFrames(sandbox) } : {}
