/** Which metrics a first look is for: a rate, and a median delay. */
import { type Metric, metrics } from './metrics.ts'

const isRate = ({ better }: Metric): boolean => better === 'higher'
const isMedian = ({ name }: Metric): boolean => name.endsWith('.p50')

/** Rates and medians among the headline metrics, in the order of tables; a run of several loads has several of each. */
export const leadingMetrics: readonly string[] = metrics
  .filter((metric) => metric.headline && (isRate(metric) || isMedian(metric)))
  .map(({ name }) => name)

/** The first rate and the first median of those that are there: at most two. */
export function leadMetrics(present: Iterable<string>): string[] {
  const names = new Set(present)
  const own = metrics.filter(({ name }) => names.has(name) && leadingMetrics.includes(name))
  return [own.find(isRate), own.find(isMedian)].flatMap((metric) => metric?.name ?? [])
}
