/** The name of a metric in a gate, and what is wrong with it if there is none. */
import { didYouMean } from '../host/nearest.ts'
import { splitFigure } from '../parts/loads/trial-name.ts'
import { statistics } from '../parts/metrics/metric.ts'
import { comparedDistributions } from '../parts/metrics/metrics.ts'
import { type Metric, metricNamed, metrics } from '../record/metrics.ts'

/** Names of metrics by their first word: those of a distribution go on with a statistic. */
const firstWords = [...new Set(metrics.map(({ name }) => name.split('.')[0] ?? ''))]
const statisticNames = statistics.map(({ suffix }) => suffix as string)

export type NamedMetric =
  | { readonly metric: Metric; readonly words: number }
  /** `word`: which word of the name is wrong, from 0. */
  | { readonly message: string; readonly word: number }

/** The metric that the first of `words` name. */
export function metricOf(words: readonly string[]): NamedMetric {
  const [first, second] = words
  if (first === undefined) return { message: `expected a metric, as in throughputPps or rttNs.p99`, word: 0 }
  const plain = metricNamed(first)
  if (plain !== undefined) return { metric: plain, words: 1 }
  const { plain: distribution } = splitFigure(first)
  if (!comparedDistributions.some(({ name }) => name === distribution))
    return {
      message: `there is no metric "${distribution}"${didYouMean(distribution, firstWords)}`,
      word: 0,
    }
  const metric = second === undefined ? undefined : metricNamed(`${first}.${second}`)
  if (metric !== undefined) return { metric, words: 2 }
  return second === undefined || second === 'ratio'
    ? { message: `expected which figure of ${first}: ${statisticNames.join(', ')}`, word: 1 }
    : {
        message: `${first} has no "${second}"${didYouMean(second, statisticNames) || `, but ${statisticNames.join(', ')}`}`,
        word: 1,
      }
}
