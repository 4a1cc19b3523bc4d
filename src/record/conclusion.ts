/** What a comparison, and a run as a whole, came to. */
import { metricNamed } from './metrics.ts'
import type { Comparison, RunRecord } from './record.ts'
import { isSound } from './soundness.ts'

/** Whether a comparison has a verdict that says something. */
export const isDecided = ({ verdict, withheld }: Pick<Comparison, 'verdict' | 'withheld'>): boolean =>
  verdict !== 'inconclusive' && withheld === undefined

/** Whether a run decided anything: a headline metric of a candidate, with both sides sound; without candidates, a sound baseline. */
export const isConclusive = (record: RunRecord): boolean => {
  const sound = new Set(record.paths.filter((path) => isSound(record, path)).map(({ name }) => name))
  if (!record.paths.some(({ role }) => role === 'candidate'))
    return record.paths.some(({ name, role }) => role === 'baseline' && sound.has(name))
  const candidates = new Set(record.paths.filter(({ role }) => role === 'candidate').map(({ name }) => name))
  return record.comparisons.some(
    (comparison) =>
      candidates.has(comparison.path) &&
      sound.has(comparison.path) &&
      sound.has(comparison.baseline) &&
      metricNamed(comparison.metric)?.headline === true &&
      isDecided(comparison),
  )
}
