/** Where the time goes, of a run that ended with a trace. */
import type { Html } from '../../page/escape.ts'
import { traceSection } from '../../trace/page/section.ts'
import type { ReportView } from '../view.ts'

export const whereTimeGoesSection = ({ trace, legend }: ReportView): Html | undefined =>
  trace && traceSection(trace, (path) => legend.find(({ name }) => name === path)?.colour ?? 'baseline')
