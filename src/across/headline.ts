/** Headline metrics that a run's trials measure. */
import { type Metric, metrics } from '../record/metrics.ts'
import type { RunRecord } from '../record/record.ts'

export const headlineMetricsOf = ({ settings }: Pick<RunRecord, 'settings'>): Metric[] =>
  metrics.filter(({ headline, load }) => headline && settings.trials.some(({ kind }) => kind === load))
