/** The order of trials within a block. */
import type { LoadTrial } from '../scenario/schema.ts'
import type { TrialOrder } from './protocol.ts'

/** Items in random order. */
type Shuffle = <Item>(items: readonly Item[]) => Item[]

/**
 * Packets at the start of a trial that are not timed. After a trial on another path they meet cold
 * caches, which traffic on one path alone would not: the first take half as long again.
 */
const leadPackets = 16

/** An order for one trial; one too short to have a lead is timed whole. */
const orderOf = (path: string, trial: LoadTrial): TrialOrder => ({
  path,
  ...trial,
  ...(trial.packets > 2 * leadPackets ? { leadPackets } : {}),
})

/**
 * A block: every path gets every kind of trial once. Trials of one kind run back to back, as they
 * are what is compared; which path goes first is drawn anew for each kind and block, and so is the
 * order of the kinds.
 */
export function planBlock(
  paths: readonly string[],
  load: readonly LoadTrial[],
  shuffle: Shuffle,
): TrialOrder[] {
  return shuffle(load).flatMap((trial) => shuffle(paths).map((path) => orderOf(path, trial)))
}
