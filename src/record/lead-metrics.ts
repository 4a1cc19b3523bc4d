/** Which metrics a first look is for: a rate, and a median delay. */
import { type Metric, metricNamed, metricsAmong } from './metrics.ts'

const isRate = ({ better }: Metric): boolean => better === 'higher'
const isMedian = ({ plain }: Metric): boolean => plain.endsWith('.p50')

/** Whether it is a rate or a median among the headline metrics; a run of several loads has several of each. */
export function isLeading(name: string): boolean {
  const metric = metricNamed(name)
  return metric !== undefined && metric.headline && (isRate(metric) || isMedian(metric))
}

/** The first rate and the first median of those that are there: at most two. */
export function leadMetrics(present: Iterable<string>): string[] {
  const own = metricsAmong(present).filter(({ headline }) => headline)
  return [own.find(isRate), own.find(isMedian)].flatMap((metric) => metric?.name ?? [])
}
