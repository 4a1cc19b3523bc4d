/** What goes through all rounds of a run. */
import type { Drivers } from '../load/drivers.ts'
import type { Ending } from './ending.ts'
import type { ProgramCostMeter } from './program-costs.ts'
import type { PathCounters } from './round-counters.ts'
import type { PathSwitch } from './path-switch.ts'
import type { Phase } from './progress.ts'
import type { RunLog } from './run-log.ts'
import type { RunInput, RunTools } from './run-state.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'

/** Told what the kernel counted while a path was up, where paths share their namespaces. */
export type TellCounted = (path: string, counters: PathCounters) => void

/** What is measured of paths that are up, until it is done or the run is to end. */
export type MeasureUp = (
  context: RoundContext,
  round: number,
  paths: readonly ScenarioPath[],
  tellCounted?: TellCounted,
) => Promise<void>

export interface RoundContext {
  readonly measureUp: MeasureUp
  readonly input: RunInput
  readonly tools: Pick<RunTools, 'sandbox' | 'generator'>
  readonly drivers: Drivers
  /** Where paths share their namespaces: what brings one up at a time. */
  readonly pathSwitch: PathSwitch | undefined
  readonly programCostMeter: ProgramCostMeter
  readonly log: RunLog
  readonly ending: Ending
  readonly random: () => number
  readonly enter: (phase: Phase, detail?: string) => void
  /** @param share of the round's blocks that is done, 0..1 */
  readonly showProgress: (round: number, share: number) => void
  /** What pathbench itself does while other processes build, so that it takes no time of its own. */
  readonly besideBuild: (round: number) => Promise<void>
}
