/** What is found in one series. Pure. */
import { changePoints } from './change-points.ts'
import { coincidenceAt } from './coincidence.ts'
import type { ConditionsChange } from './conditions.ts'
import type { RunReference, TrendLevel, TrendSeries } from './findings.ts'
import type { HistoryEntry } from './history-entry.ts'
import { levelOf } from './level.ts'
import { outlierIndices } from './outliers.ts'
import { isSeconded, onlySecond } from './second-opinion.ts'
import type { Series, TrendPoint } from './series.ts'
import { fewestOnASide } from './split.ts'

/** Runs by which a change of conditions and a change of level may lie apart. */
const conditionsTolerance = 2

/** Finds changes, levels and outliers of a series. @param level false changes to expect for each run */
export function analysed(
  series: Series,
  runs: readonly HistoryEntry[],
  conditions: readonly ConditionsChange[],
  level: number,
): TrendSeries {
  const { points, metric } = series
  const ratios = points.map(({ ratio }) => ratio)
  const logs = ratios.map(Math.log)
  const found = changePoints(logs, level)
  const bounds = [0, ...found.map(({ at }) => at), logs.length]
  const stretches = bounds.slice(1).map((to, index) => ({ from: bounds[index]!, to }))
  const isOutlier = logs.map(() => false)
  for (const { from, to } of stretches)
    for (const index of outlierIndices(logs.slice(from, to))) isOutlier[from + index] = true
  const levels = stretches.map(({ from, to }) => levelBetween(points, logs, isOutlier, from, to))
  const referTo = (index: number): RunReference => reference(runs, points[index]!.run)
  return {
    ...series,
    levels,
    changes: found.map((change, index) => {
      const [from, to] = [levels[index]!.ratio, levels[index + 1]!.ratio]
      const { run } = points[change.at]!
      const coincidence = coincidenceAt(run, conditions, conditionsTolerance)
      return {
        ...referTo(change.at),
        foundAt: referTo(change.foundAt),
        fromRatio: from,
        toRatio: to,
        change: to / from,
        direction: to > from === (metric.better === 'higher') ? 'better' : 'worse',
        pValue: change.pValue,
        isSeconded: isSeconded(ratios, isOutlier, found, index),
        conditions: conditions
          .filter((one) => Math.abs(one.run - run) <= conditionsTolerance)
          .flatMap((one) => one.changes),
        ...(coincidence === undefined ? {} : { coincidence }),
      }
    }),
    outliers: isOutlier.flatMap((is, index) => {
      if (!is) return []
      const around = levels.find(({ to }) => points[index]!.run <= to)!
      const { ratio } = points[index]!
      return [
        {
          ...referTo(index),
          ratio,
          change: ratio / around.ratio,
          mayBeStep: points.length - index < fewestOnASide,
        },
      ]
    }),
    suspected: onlySecond(ratios, isOutlier, found).map(referTo),
  }
}

function reference(runs: readonly HistoryEntry[], run: number): RunReference {
  const { runId, startedAt } = runs[run]!
  return { run, runId, startedAt }
}

function levelBetween(
  points: readonly TrendPoint[],
  logs: readonly number[],
  isOutlier: readonly boolean[],
  from: number,
  to: number,
): TrendLevel {
  const kept = logs.slice(from, to).filter((_, index) => isOutlier[from + index] !== true)
  const { mean, halfWidth } = levelOf(kept)
  return {
    from: points[from]!.run,
    to: points[to - 1]!.run,
    runs: kept.length,
    ratio: Math.exp(mean),
    low: halfWidth === null ? null : Math.exp(mean - halfWidth),
    high: halfWidth === null ? null : Math.exp(mean + halfWidth),
  }
}
