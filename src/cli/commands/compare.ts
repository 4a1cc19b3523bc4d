/** `bench compare`: several runs beside each other. */
import type { Command } from 'commander'
import { changesAcross, type NamedRun } from '../../across/changes.ts'
import { controlCaveats } from '../../across/control.ts'
import { differenceLines } from '../../across/differences.ts'
import { requireSameScenario } from '../../across/require-comparable.ts'
import { sweeps } from '../../keep/sweep-store.ts'
import { readRunOrBaseline } from '../../keep/read-run-or-baseline.ts'
import { BenchError } from '../../host/errors.ts'
import { defaultReports, defaultResults } from '../../host/project.ts'
import { compareView } from '../../report/compare-view.ts'
import { savePage } from '../../keep/save-page.ts'
import { compareText } from '../terminal/compare-table.ts'
import { parsePercent } from '../options/option-values.ts'
import { print, printText, tell } from '../terminal/output.ts'

interface Flags {
  readonly margin: string
  readonly html?: string
  readonly report: boolean
  readonly json?: true
  readonly results: string
  readonly baselines: string
  readonly reports: string
}

const help = `
Examples:
  ./bench compare main latest                   a named baseline and the latest run
  ./bench compare v1.3 v1.4 latest --margin 1%  several, all against the first
  ./bench compare old.json new.json --html what-changed.html
  ./bench compare sweep-20261126 sweep-20261127  two sweeps, point by point

Within each run a path is compared with that run's own baseline path; what is set beside each other are
these ratios, so that runs of different days and machines can be compared. Changed: the whole interval
lies beyond the margin. Same: all of it lies within. Not decided: anything else; longer runs would tell.`

/** Adds the command. */
export function addCompare(program: Command): void {
  program
    .command('compare')
    .summary('show what changed between runs')
    .description(
      'Sets runs of one scenario beside each other: every path’s ratio in each, what changed since the first, and what else is different and could explain it.',
    )
    .argument(
      '<run...>',
      'two or more: named baselines, `latest`, ids of runs, folders, or files; or two sweeps',
    )
    .option('--margin <percent>', 'changes within ± this count as none', '2%')
    .option('--html <file>', 'where to write the report (default: in the folder of reports)')
    .option('--no-report', 'write no HTML report')
    .option('--json', 'print the comparison as JSON on stdout')
    .option('--results <folder>', 'where results are kept', defaultResults)
    .option('--baselines <folder>', 'where named baselines are kept', 'baselines')
    .option('--reports <folder>', 'where reports are written', defaultReports)
    .addHelpText('after', help)
    .action(compare)
}

async function compare(names: string[], flags: Flags): Promise<void> {
  const margin = parsePercent('--margin', flags.margin)
  if (names.some((name) => sweeps.has(flags.results, name))) {
    const { compareSweeps } = await import('./compare-sweeps.ts')
    await compareSweeps(names, margin, flags)
    return
  }
  const runs = readRuns(names, flags)
  const view = compareView(runs, margin)
  if (flags.json === true) print(JSON.stringify(compareJson(runs, margin), null, 2))
  else printText(compareText(view))
  if (flags.report) tell(`\nreport  ${await saveComparison(runs, margin, flags)}`)
}

/** @throws BenchError `usage` where they are not two or more runs of one scenario */
function readRuns(names: readonly string[], flags: Flags): NamedRun[] {
  const runs: NamedRun[] = []
  for (const name of names) {
    const record = readRunOrBaseline(flags, name, runs[0]?.record.scenario)
    // The way to a file is too long to head a column.
    runs.push({ name: /[/\\]/.test(name) ? record.runId : name, record })
  }
  const [first, ...others] = runs
  if (first === undefined || others.length === 0)
    throw new BenchError('Could not compare one run: there is nothing to compare it with', {
      trouble: 'usage',
      hint: 'name two or more, as in: bench compare main latest',
    })
  for (const { record } of others) requireSameScenario(first.record, record)
  return runs
}

async function saveComparison(runs: readonly NamedRun[], margin: number, flags: Flags): Promise<string> {
  const { renderCompare } = await import('../../report/compare.ts')
  const [first, last] = [runs[0]!.record, runs.at(-1)!.record]
  const name = `compare-${first.runId}-${last.runId}`
  return savePage(flags.reports, first.scenario, name, renderCompare(runs, margin), flags.html)
}

const compareJson = (runs: readonly NamedRun[], margin: number) => ({
  scenario: runs[0]!.record.scenario,
  margin,
  runs: runs.map(({ name, record }) => {
    const { runId, startedAt, complete, command, subject } = record
    return {
      ...{ name, runId, startedAt, complete, command },
      subject: subject ?? null,
      caveats: controlCaveats(record),
    }
  }),
  figures: changesAcross(runs, margin),
  differences: runs.slice(1).map(({ name, record }) => ({
    name,
    lines: differenceLines(runs[0]!.record, record),
  })),
})
