/** Headline metrics that a run's trials measure. */
import { type Metric, metrics } from '../results/metrics.ts'
import type { RunRecord } from '../results/record.ts'

export const headlineMetricsOf = ({ settings }: Pick<RunRecord, 'settings'>): Metric[] =>
  metrics.filter(({ headline, load }) => headline && settings.trials.some(({ kind }) => kind === load))
