/** `bench list`: what there is. */
import type { Command } from 'commander'
import { subjectWords } from '../across/identity.ts'
import { inProject } from '../host/project.ts'
import { listRuns, readRun } from '../results/store.ts'
import { findScenario, listScenarios } from '../scenario/find.ts'
import { loadScenario } from '../scenario/load.ts'
import { print, styled } from './output.ts'
import { textTable } from './text-table.ts'

/** Adds the command. */
export function addList(program: Command): void {
  program
    .command('list')
    .summary('list scenarios, and the runs that are kept')
    .description('Lists the scenarios that come with pathbench, and the runs that are kept, newest first.')
    .option('--results <folder>', 'where results are kept', inProject('results'))
    .action(({ results }: { results: string }) => {
      print(styled('bold', 'Scenarios'))
      print(scenarioTable())
      print(`\n${styled('bold', 'Runs')}`)
      print(runTable(results))
    })
}

function scenarioTable(): string {
  const rows = listScenarios().map((name) => {
    const { title, paths } = loadScenario(findScenario(name))
    return [name, title, paths.map((path) => path.name).join(', ')]
  })
  return textTable(
    ['name', 'title', 'paths'].map((title) => ({ title, align: 'left' })),
    rows,
  )
}

function runTable(results: string): string {
  const runs = listRuns(results).toReversed()
  if (runs.length === 0) return `none in ${results}; start with: sudo ./bench run redirect-vs-stack`
  return textTable(
    ['run', 'scenario', 'state', 'version'].map((title) => ({ title, align: 'left' })),
    runs.map(({ runId, scenario, folder }) => [runId, scenario, ...stateOf(results, folder)]),
  )
}

/** Whether it is whole, and the commit that it measured, or both versions. */
function stateOf(results: string, folder: string): [state: string, version: string] {
  try {
    const record = readRun(results, folder)
    return [record.complete ? 'complete' : 'partial', subjectWords(record)]
  } catch {
    return ['unreadable', '']
  }
}
