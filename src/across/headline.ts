/** Headline metrics that a run's trials measure. */
import { type Metric, metricsOf } from '../record/metrics.ts'
import type { RunRecord } from '../record/record.ts'

export const headlineMetricsOf = ({ settings }: Pick<RunRecord, 'settings'>): Metric[] =>
  metricsOf(settings.trials).filter(({ headline }) => headline)
