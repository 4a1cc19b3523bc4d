/** The formats that a run can be exported in. */
import { samplesCsv, summaryCsv } from '../keep/csv.ts'
import type { RunRecord } from '../record/record.ts'
import { bencher } from './bencher.ts'
import type { Check } from './checks.ts'
import type { Selection } from './figures.ts'
import { githubActionBenchmark } from './github-action-benchmark.ts'
import { githubAnnotations } from './github-annotations.ts'
import { goBenchmark } from './go-benchmark.ts'
import { junit } from './junit.ts'
import { markdown } from './markdown.ts'
import { openmetrics } from './openmetrics.ts'

/** What is to be exported; each format takes some of it. */
export interface ExportOptions extends Selection {
  /** csv: every sample, instead of the summary. */
  readonly samples: boolean
  /** The run's gates, judged; none where it has none. */
  readonly gateChecks: readonly Check[]
  /** github-annotations: the scenario in the repository. */
  readonly scenarioFile: string | undefined
}

/** Options of the command line that not every format takes. */
export type FormatOption = 'all' | 'only' | 'gates' | 'baseline' | 'samples' | 'summary' | 'scenario-file'

export interface Format {
  readonly name: string
  /** What reads it. */
  readonly purpose: string
  readonly takes: readonly FormatOption[]
  /** Whether what reads it judges numbers alone, so that an invalid path may pass for a well one. */
  readonly isOfNumbers?: true
  /** Whether a run that has nothing for it is as it should be. */
  readonly mayBeEmpty?: true
  /** The text, with a newline at its end; empty if the run has nothing for it. */
  readonly render: (record: RunRecord, options: ExportOptions) => string
}

/** A table with titles alone is nothing. */
function csv(record: RunRecord, { samples }: ExportOptions): string {
  const { trials, estimates } = record
  if ((samples ? trials : estimates).length === 0) return ''
  return samples ? samplesCsv(record) : summaryCsv(record)
}

/** All formats, in the order of the help. */
export const formats: readonly Format[] = [
  {
    name: 'markdown',
    purpose: 'a comment on a pull request, or a job summary (--summary)',
    takes: ['all', 'gates', 'baseline', 'summary'],
    render: (record, options) => markdown(record, options, options.gateChecks),
  },
  {
    name: 'junit',
    purpose: 'test reports of CI: a breached gate, or slower, is a failure, an invalid path an error',
    takes: ['all', 'gates', 'baseline'],
    render: (record, options) => junit(record, options, options.gateChecks),
  },
  {
    name: 'github-annotations',
    purpose: 'annotations at gates and paths in the scenario file, from the log of a workflow step',
    takes: ['all', 'gates', 'baseline', 'scenario-file'],
    mayBeEmpty: true,
    render: (record, options) => githubAnnotations(record, options, options.gateChecks, options.scenarioFile),
  },
  {
    name: 'github-action-benchmark-bigger',
    purpose: 'github-action-benchmark, `tool: customBiggerIsBetter`: what gets better with more',
    takes: ['all', 'only'],
    isOfNumbers: true,
    render: (record, options) => githubActionBenchmark(record, options, 'higher'),
  },
  {
    name: 'github-action-benchmark-smaller',
    purpose: 'the same with `tool: customSmallerIsBetter`: what gets better with less',
    takes: ['all', 'only'],
    isOfNumbers: true,
    render: (record, options) => githubActionBenchmark(record, options, 'lower'),
  },
  {
    name: 'bencher',
    purpose: 'Bencher Metric Format, for `bencher run --adapter json --file …`',
    takes: ['all', 'only'],
    isOfNumbers: true,
    render: bencher,
  },
  {
    name: 'go',
    purpose: 'Go benchmark text, for benchstat: a line for each block and path',
    takes: ['all', 'only'],
    isOfNumbers: true,
    render: goBenchmark,
  },
  {
    name: 'openmetrics',
    purpose: 'Prometheus and what else reads OpenMetrics text, node_exporter’s textfile collector too',
    takes: ['all', 'only'],
    render: openmetrics,
  },
  {
    name: 'csv',
    purpose: 'tables: every estimate and ratio, or every sample (--samples)',
    takes: ['samples'],
    render: csv,
  },
]
