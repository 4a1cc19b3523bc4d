/** What is known of each block: the ratio of a path to the baseline, and what disturbed the machine. */
import { median, sum } from 'simple-statistics'

import type { Metric } from '../../record/metrics.ts'
import type { BlockRecord, TrialRecord } from '../../record/record.ts'
import { trialValue } from '../../record/trial-value.ts'

const blockKey = ({ round, block }: { round: number; block: number }): string => `${round}/${block}`

/** Ratios to the baseline by block. */
export type Ratios = ReadonlyMap<string, number>

/** Ratios of a path to the baseline by block, where both have a positive value. */
export const pairedRatios = (
  trials: readonly TrialRecord[],
  metric: Metric,
  path: string,
  baseline: string,
): Ratios => {
  const valuesOf = (name: string): Map<string, number> =>
    new Map(
      trials
        .filter((trial) => trial.path === name && !trial.warmup)
        .flatMap((trial): [string, number][] => {
          const value = trialValue(trial, metric)
          return value === undefined || value <= 0 ? [] : [[blockKey(trial), value]]
        }),
    )
  const baselineValues = valuesOf(baseline)
  return new Map(
    [...valuesOf(path)].flatMap(([key, value]): [string, number][] => {
      const yardstick = baselineValues.get(key)
      return yardstick === undefined ? [] : [[key, value / yardstick]]
    }),
  )
}

/** Consecutive parts of `size`, the last one maybe shorter. */
export const chunks = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )

/** The median over some blocks; undefined where none of them has a ratio. */
export const medianRatio = (blocks: readonly BlockRecord[], ratios: Ratios): number | undefined => {
  const values = blocks.flatMap((block) => ratios.get(blockKey(block)) ?? [])
  return values.length === 0 ? undefined : median(values)
}

/** The mean share of stolen time; null where the kernel does not report it. */
export const meanSteal = (blocks: readonly BlockRecord[]): number | null => {
  const shares = blocks.flatMap(({ stealShare }) => stealShare ?? [])
  return shares.length === 0 ? null : sum(shares) / shares.length
}

/** The sum over some blocks. */
export const preemptionsIn = (blocks: readonly BlockRecord[], byBlock: ReadonlyMap<string, number>): number =>
  sum(blocks.map((block) => byBlock.get(blockKey(block)) ?? 0))

/** Involuntary context switches of the generator's threads, by block. */
export const preemptionsByBlock = (trials: readonly TrialRecord[]): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const trial of trials) {
    const preempted = (trial.senderPreempted ?? 0) + (trial.receiverPreempted ?? 0)
    counts.set(blockKey(trial), (counts.get(blockKey(trial)) ?? 0) + preempted)
  }
  return counts
}
