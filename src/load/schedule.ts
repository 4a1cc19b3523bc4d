/** The order of trials within a block. */
import type { LoadTrial } from '../parts/loads/loads.ts'
import type { PlannedPath, TrialBatch } from './driver.ts'
import { driverOf } from './drivers.ts'

/** Items in random order. */
type Shuffle = <Item>(items: readonly Item[]) => Item[]

/**
 * A block: every path gets every kind of trial once. Trials of one kind run back to back, as they
 * are what is compared; which path goes first is drawn anew for each kind and block, and so is the
 * order of the kinds.
 */
export function planBlock(
  paths: readonly PlannedPath[],
  load: readonly LoadTrial[],
  shuffle: Shuffle,
): TrialBatch[] {
  return shuffle(load).reduce<TrialBatch[]>((batches, trial) => {
    const driver = driverOf(trial)
    const trials = shuffle(paths).map((path) => ({ path, trial }))
    const last = batches.at(-1)
    // One command for a driver where nothing comes between: trials then follow each other at once.
    return last?.driver === driver
      ? [...batches.slice(0, -1), { driver, trials: [...last.trials, ...trials] }]
      : [...batches, { driver, trials }]
  }, [])
}
