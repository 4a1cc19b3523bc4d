/** What the grouping of least description says of changes that were found otherwise, and of the latest runs. */
import type { ChangePoint } from './change-point.ts'
import { windowLength } from './change-points.ts'
import { groupStarts } from './description-length.ts'
import { fewestOnASide } from './split.ts'

/** The finest difference in a ratio that the grouping sees: 0.01 %. */
const unit = 1e-4

/** Runs by which two opinions may differ on where a change is. */
const tolerance = 2

/** Whether the grouping begins a group at a change, too. */
export function isSeconded(
  ratios: readonly number[],
  isOutlier: readonly boolean[],
  changes: readonly ChangePoint[],
  index: number,
): boolean {
  const { at } = changes[index]!
  const half = windowLength / 2
  const from = Math.max(changes[index - 1]?.at ?? 0, at - half)
  const to = Math.min(changes[index + 1]?.at ?? ratios.length, at + half)
  return startsIn(ratios, isOutlier, from, to).some((start) => Math.abs(start - at) <= tolerance)
}

/** Where the grouping alone sees a change of level, among the latest runs. */
export function onlySecond(
  ratios: readonly number[],
  isOutlier: readonly boolean[],
  changes: readonly ChangePoint[],
): number[] {
  const from = Math.max(changes.at(-1)?.at ?? 0, ratios.length - windowLength)
  const starts = [from, ...startsIn(ratios, isOutlier, from, ratios.length), ratios.length]
  return starts
    .slice(1, -1)
    .filter(
      (start, index) =>
        start - starts[index]! >= fewestOnASide && starts[index + 2]! - start >= fewestOnASide,
    )
}

/** Starts of groups within a stretch, outliers left out: they would be groups of their own. */
function startsIn(
  ratios: readonly number[],
  isOutlier: readonly boolean[],
  from: number,
  to: number,
): number[] {
  const kept: number[] = []
  for (let index = from; index < to; index++) if (isOutlier[index] !== true) kept.push(index)
  return groupStarts(kept.map((index) => ratios[index]! / unit)).map((start) => kept[start]!)
}
