/** What goes through all rounds of a run. */
import type { Drivers } from '../load/drivers.ts'
import type { Ending } from './ending.ts'
import type { ProgramCostMeter } from './program-costs.ts'
import type { PathSwitch } from './path-switch.ts'
import type { Phase } from './progress.ts'
import type { RunLog } from './run-log.ts'
import type { RunInput, RunTools } from './run-state.ts'

export interface RoundContext {
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
