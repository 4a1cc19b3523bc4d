/** `bench list`: what there is. */
import type { Command } from 'commander'
import { subjectWords } from '../../across/identity.ts'
import { asCalled, defaultResults } from '../../host/project.ts'
import { fateOf, fateWord } from '../../report/view/outcome.ts'
import { subjectWordsOf } from '../../report/view/subject-line.ts'
import { wallTime } from '../../words/wall-time.ts'
import type { RunRecord } from '../../record/record.ts'
import { listRuns, readRun } from '../../keep/store.ts'
import { keptTables } from '../terminal/kept-tables.ts'
import { findScenario, listScenarios } from '../../scenario/find.ts'
import { loadScenario } from '../../scenario/load.ts'
import { examplesText } from '../options/examples.ts'
import { columnsOf, print, styled } from '../terminal/output.ts'
import { textTable } from '../terminal/text-table.ts'

const help = examplesText([
  ['./bench list', 'scenarios, and the runs in the folder of results'],
  ['./bench list --results /srv/pathbench', 'runs that are kept elsewhere'],
])

/** Adds the command. */
export function addList(program: Command): void {
  program
    .command('list')
    .summary('list scenarios, and the runs that are kept')
    .description('Lists the scenarios that come with pathbench, and the runs that are kept, newest first.')
    .option('--results <folder>', 'where results are kept', defaultResults)
    .addHelpText('after', help)
    .action(({ results }: { results: string }) => {
      print(styled('bold', 'Scenarios'))
      print(scenarioTable())
      print(`\n${styled('bold', 'Runs')}`)
      print(runTable(results, columnsOf(process.stdout, widthForVerdicts)))
      for (const [title, table] of keptTables(results)) print(`\n${styled('bold', title)}\n${table}`)
    })
}

/** More names would fill lines, and `bench show` has them. */
const mostNames = 8

function scenarioTable(): string {
  const rows = listScenarios().map((name) => {
    const { title, paths } = loadScenario(findScenario(name))
    const names = paths.map((path) => path.name)
    return [name, title, names.length > mostNames ? `${names.length} paths` : names.join(', ')]
  })
  return textTable(
    ['name', 'title', 'paths'].map((title) => ({ title, align: 'left' })),
    rows,
  )
}

/** At this width a verdict has room beside the rest. */
const widthForVerdicts = 110

function runTable(results: string, width: number): string {
  const runs = listRuns(results).toReversed()
  if (runs.length === 0) return asCalled(`none in ${results}; start with: sudo ./bench run redirect-vs-stack`)
  const titles = ['run', 'scenario', 'paths', 'payload', 'took', 'version', 'verdicts']
  const rows = runs.map(({ runId, scenario, folder }) => [runId, scenario, ...wordsOf(results, folder)])
  const isWide = width >= widthForVerdicts
  return textTable(
    (isWide ? titles : titles.slice(0, -1)).map((title) => ({ title, align: 'left' })),
    isWide ? rows : rows.flatMap((cells) => [cells.slice(0, -1), ...below(cells.at(-1))]),
  )
}

/** Where there is no room beside it, what a run came to stands below it. */
const below = (verdicts: string | undefined): string[][] => (verdicts ? [[`  ${verdicts}`]] : [])

/** How many paths, of what size, how long, which commit or versions, and what candidates came to. */
function wordsOf(results: string, folder: string): string[] {
  try {
    const record = readRun(results, folder)
    const { payload = 'HTTP' } = subjectWordsOf(record)
    return [String(record.paths.length), payload, wallTime(record), subjectWords(record), verdictsOf(record)]
  } catch {
    return ['', '', '', 'unreadable', '']
  }
}

/** `redirect faster`; of many candidates, how many came to what. */
function verdictsOf(record: RunRecord): string {
  const outcomes = record.paths
    .filter(({ role }) => role === 'candidate')
    .map((path) => ({ name: path.name, word: fateWord(fateOf(record, path)) }))
  const words =
    outcomes.length <= 2
      ? outcomes.map(({ name, word }) => `${name} ${word}`)
      : [...Map.groupBy(outcomes, ({ word }) => word)].map(([word, alike]) => `${alike.length} ${word}`)
  return [...words, ...(record.complete ? [] : ['partial'])].join(', ')
}
