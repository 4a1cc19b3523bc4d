/** `bench trend`: the history of a scenario. */
import { type Command, Option } from 'commander'
import { BenchError } from '../../host/errors.ts'
import { ownFileName } from '../../host/file-name.ts'
import { defaultReports, defaultResults } from '../../host/project.ts'
import { savePage } from '../../keep/save-page.ts'
import { readRun } from '../../keep/store.ts'
import { collect, sourceOf, type Collected, type Source } from '../../trend/collect.ts'
import { appendHistory, type Problem } from '../../trend/history-file.ts'
import type { Trend } from '../../trend/findings.ts'
import { type SelectedTrends, selectedTrends } from '../../trend/select.ts'
import { print, printText, styled, tell } from '../terminal/output.ts'
import { trendJson } from './trend-json.ts'
import { trendText } from '../terminal/trend-text.ts'

interface Flags {
  readonly scenario?: string
  readonly path?: string
  readonly metric?: string
  readonly append?: string[]
  readonly all?: true
  readonly host?: string
  readonly mixHosts?: true
  readonly html?: string | true
  readonly json?: true
  readonly reports: string
}

const help = `
Examples:
  ./bench trend                                       the scenario of the newest run
  ./bench trend --all                                 every scenario, comparisons of versions too
  ./bench trend --scenario redirect-vs-stack --html   with charts, in the folder of reports
  ./bench trend --host web1                           the runs of this host, where there are several
  ./bench trend --path redirect --metric throughputPps
  ./bench trend nightly.jsonl --append ci/run.json    a history kept elsewhere, with a run from anywhere
  ./bench trend --json | jq '.scenarios[].series[].changes'

What is followed is each path's ratio to the baseline path of its own run: speed that the machine gains
or loses is not in it. The first \`bench trend\` after a run adds a line for it to history.jsonl in the folder
of results. That file is only ever added to, outlives the runs, and \`bench clean\` leaves it alone.

Each host's runs are a line of their own, by its name in the records (BENCH_HOST, else its own; none in CI and
containers, where it is made up). A change that comes with another kernel, CPU, microcode, governor or version of a
tool is told with it.

A change is a new level that lasts. It is found by E-divisive with a permutation test that is repeated after
every run, and strict enough for that: in 1,000 runs of a scenario in which nothing changes, it finds 1 at
most on average. A step of three times the noise is found within 5 runs in 19 of 20 cases where there are
some 130 runs before it, and takes about 8 where there are 20. A run far from those around it is an outlier, not
a change. The second opinion is a grouping by minimum description length, as jumpavg makes.`

/** Adds the command. */
export function addTrend(program: Command): void {
  program
    .command('trend')
    .summary('show where results changed over many runs')
    .description(
      'Shows the history of every path and headline metric: the present level, when it changed and by how much, and single runs that stand out.',
    )
    .argument('[dir]', 'a folder of results, or a history file (*.jsonl)', defaultResults)
    .option('--scenario <name>', 'this scenario, instead of that of the newest run')
    .option('--all', 'every scenario; comparisons of versions by `bench ab` too')
    .option('--host <name>', 'of several hosts this one, instead of that of the newest run')
    .addOption(new Option('--mix-hosts', 'the runs of all hosts in one line').conflicts('host'))
    .option('--path <name>', 'only this path; without it all candidates')
    .option('--metric <name>', 'only this metric, as in throughputPps')
    .option('--append <run...>', 'add these runs to the history: ids, folders, or run.json files')
    .option('--html [file]', 'write charts (default: trend.html in the folder of reports)')
    .option('--json', 'print the trend as JSON on stdout')
    .option('--reports <folder>', 'where reports are written', defaultReports)
    .addHelpText('after', help)
    .action(showTrend)
}

async function showTrend(place: string, flags: Flags): Promise<void> {
  const source = sourceOf(place)
  const records = (flags.append ?? []).map((run) => readRun(source.resultsFolder ?? defaultResults, run))
  const partial = records.find(({ complete }) => !complete)
  if (partial !== undefined)
    throw new BenchError(`Could not append run ${partial.runId}: it is not complete`, {
      trouble: 'usage',
      hint: 'what it measured until it ended is in its report',
    })
  const collected = collect(source, records)
  for (const line of problemLines(collected.problems))
    tell(`${styled('yellow', 'warning', process.stderr)}  ${line}`)
  keep(source, collected, flags.append !== undefined)
  const { trends, others, otherHosts } = selectedTrends(
    collected.entries,
    { ...flags, mixed: flags.mixHosts === true },
    place,
  )
  if (flags.json === true) print(JSON.stringify(trendJson(trends, collected.problems), null, 2))
  else printText(trends.map(trendText).join('\n\n\n'))
  if (others.length > 0 && flags.scenario === undefined) tell(`\n${otherWords(others)}`)
  if (otherHosts.length > 0 && flags.host === undefined) tell(`\n${otherHostWords(otherHosts)}`)
  if (flags.html !== undefined) for (const file of await saveCharts(trends, flags)) tell(`\nreport  ${file}`)
}

const otherWords = (others: SelectedTrends['others']): string =>
  `besides  ${others.map(({ scenario, runs }) => `${scenario} (${runs === 1 ? '1 run' : `${runs} runs`})`).join(', ')}: --scenario NAME, or --all`

const otherHostWords = (others: SelectedTrends['otherHosts']): string =>
  `besides  ${others.map(({ host, runs }) => `host ${host} (${runs === 1 ? '1 run' : `${runs} runs`})`).join(', ')}: --host NAME, --all, or all in one by --mix-hosts`

const mostProblems = 10

/** `file:line: message`, the first of them. */
function problemLines(problems: readonly Problem[]): string[] {
  const lines = problems
    .slice(0, mostProblems)
    .map(({ file, line, message }) => `${file}${line === undefined ? '' : `:${line}`}: ${message}`)
  const more = problems.length - lines.length
  return more > 0 ? [...lines, `and ${more} more`] : lines
}

/** Adds what is new to the history. Where that was not asked for, a folder that cannot be written is no failure. */
function keep({ historyFile }: Source, { added }: Collected, isAskedFor: boolean): void {
  if (added.length === 0) return
  try {
    appendHistory(historyFile, added)
    tell(`added ${added.length === 1 ? '1 run' : `${added.length} runs`} to ${historyFile}`)
  } catch (error) {
    if (isAskedFor || !(error instanceof BenchError)) throw error
    tell(`${styled('yellow', 'warning', process.stderr)}  ${error.message}; the trend is shown all the same`)
  }
}

async function saveCharts(trends: readonly Trend[], { html, reports }: Flags): Promise<string[]> {
  const isOfHosts = new Set(trends.map(({ scenario }) => scenario)).size === 1
  const of = isOfHosts ? 'hosts' : 'scenarios'
  if (typeof html === 'string' && trends.length > 1)
    throw new BenchError(`Could not write ${html}: there are ${trends.length} ${of}, and a page is for one`, {
      trouble: 'usage',
      hint: `name one with ${isOfHosts ? '--host' : '--scenario'}`,
    })
  const { renderTrend } = await import('../../trend/page.ts')
  const asked = typeof html === 'string' ? html : undefined
  const files: string[] = []
  for (const trend of trends) {
    const name = trend.host === undefined ? 'trend' : `trend-${ownFileName(trend.host)}`
    files.push(savePage(reports, trend.scenario, name, await renderTrend(trend), asked))
  }
  return files
}
