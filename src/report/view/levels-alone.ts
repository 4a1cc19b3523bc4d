/** What a run came to that compares nothing: one path by itself, beside its control. */
import { shortNoun } from '../../record/metric-words.ts'
import { metricNamed } from '../../record/metrics.ts'
import type { PathRecord, RunRecord } from '../../record/record.ts'
import { isSound } from '../../record/soundness.ts'
import { formatInterval } from '../../words/numbers.ts'
import { estimatesOf } from './selection.ts'

/** The path that was measured by itself; undefined where there are candidates, or it has no figures that count. */
export function pathAlone(record: RunRecord): PathRecord | undefined {
  if (record.paths.some(({ role }) => role === 'candidate')) return undefined
  return record.paths.find((path) => path.role === 'baseline' && isSound(record, path))
}

/** Its headline metrics: `1.32 Mpps packets/s (±0.8 %)`, as far as the interval reaches. */
export const levelsAlone = (record: RunRecord, { name }: PathRecord): string[] =>
  estimatesOf(record, name)
    .filter(({ metric }) => metricNamed(metric)?.headline === true)
    .map(({ metric, unit, ...level }) => {
      const { estimate, low, high } = level
      const half = low === null || high === null ? undefined : (high - low) / 2 / estimate
      const value = `${formatInterval(unit, level).value} ${shortNoun(metric)}`
      return half === undefined ? value : `${value} (±${Number((100 * half).toPrecision(2))} %)`
    })
