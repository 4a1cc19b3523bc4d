/** Several runs as tables. */
import { kernelRelease, subjectWords } from '../across/identity.ts'
import type { ComparedFigure, NamedRun } from '../across/changes.ts'
import type { RunRecord } from '../record/record.ts'
import { metricWords } from '../record/metric-words.ts'
import { changeWords } from './compare-words.ts'
import { formatInstant, ratioText } from '../words/numbers.ts'
import { numberColumn, textColumn, type TableView } from '../page/table-view.ts'

/** What each run is. */
export function runsTable(runs: readonly NamedRun[]): TableView {
  return {
    caption: 'The runs, of which the first is what the others are compared with',
    columns: ['Name', 'Run', 'Measured', 'Kernel', 'Commit', 'Programs', 'Command'].map(textColumn),
    rows: runs.map(({ name, record }) => [
      name,
      `${record.runId}${record.complete ? '' : ' (partial)'}`,
      formatInstant(record.startedAt),
      kernelRelease(record),
      subjectWords(record),
      programsText(record),
      record.command,
    ]),
  }
}

/** The candidates' programs with the kernel's digests of them: `redirect (tag 0123456789abcdef)`. */
export function programsText({ paths }: RunRecord): string {
  const programs = paths
    .filter(({ role }) => role === 'candidate')
    .flatMap((path) => path.programs)
    .map(({ program, tag }) => `${program} (${tag === undefined ? 'tag not recorded' : `tag ${tag}`})`)
  return [...new Set(programs)].join(', ') || 'none'
}

export const ratiosCaption = 'Change to the baseline path in each run, and change of that since the first run'

/** A row per path and metric: every run's ratio, and what each has changed by since the first. */
export function ratiosTable(
  caption: string,
  figures: readonly ComparedFigure[],
  runs: readonly NamedRun[],
): TableView {
  const [first, ...others] = runs
  return {
    caption,
    columns: [
      textColumn('Path'),
      textColumn('Metric'),
      numberColumn(first?.name ?? ''),
      ...others.flatMap(({ name }) => [numberColumn(name), numberColumn('Change')]),
    ],
    rows: figures.map(({ path, metric, ratios, changes }) => [
      path,
      metricWords(metric).noun,
      ratios[0] === undefined ? 'none' : ratioText(ratios[0]),
      ...changes.flatMap((change, index) => {
        const ratio = ratios[index + 1]
        return [
          ratio === undefined ? 'none' : ratioText(ratio),
          'reason' in change ? changeWords(change) : `${ratioText(change.ratio)} ${changeWords(change)}`,
        ]
      }),
    ]),
  }
}
