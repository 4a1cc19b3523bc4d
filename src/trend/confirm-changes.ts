/** Changes as all that is known by now shows them. */
import { significance } from '../stats/significance.ts'
import type { ChangePoint } from './change-point.ts'
import { varianceInflation } from './dependence.ts'
import { winsorised } from './winsorised.ts'
import { roughly } from './split-significance.ts'
import { bestSplit, centred, fewestOnASide } from './split.ts'

/**
 * The same changes, each where the values known by now place it, as few had come after it when it was found;
 * without those that later values do not bear out. How a change was tested stays as it was.
 *
 * @param reach values looked at on either side, up to the neighbouring changes
 */
export function confirmChanges(
  values: readonly number[],
  changes: readonly ChangePoint[],
  reach: number,
): ChangePoint[] {
  const kept: ChangePoint[] = []
  for (const [index, change] of changes.entries()) {
    const from = Math.max(kept.at(-1)?.at ?? 0, change.at - reach)
    const to = Math.min(changes[index + 1]?.at ?? values.length, change.at + reach)
    if (to - from < 2 * fewestOnASide) {
      kept.push(change)
      continue
    }
    const around = values.slice(from, to)
    const window = centred(winsorised(around, Float64Array.from(around).sort()))
    const split = bestSplit(window)
    const statistic = split.statistic / varianceInflation(window, split)
    if (roughly(statistic, to - from) < significance)
      kept.push({ ...change, at: Math.min(from + split.at, change.foundAt) })
  }
  return kept
}
