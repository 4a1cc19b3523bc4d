/** `bench report`: HTML from results. */
import { join } from 'node:path'
import type { Command } from 'commander'
import { defaultReports, defaultResults } from '../host/project.ts'
import type { RunRecord } from '../record/record.ts'
import { makeFolder, readRun, writeWhole } from '../keep/store.ts'
import { examplesText } from './examples.ts'
import { openFile } from './open-file.ts'
import { print } from './output.ts'

const help = examplesText([
  ['./bench report latest', 'the newest run'],
  ['./bench report latest --open', 'and open it in a browser'],
])

/** Adds the command. */
export function addReport(program: Command): void {
  program
    .command('report')
    .summary('write the HTML report of runs')
    .description(
      'Writes the HTML report of one or more runs: one file each, which needs neither network nor scripts.',
    )
    .argument(
      '<run...>',
      '`latest`, the id of a run or its start (see `bench list`), a folder, or a run.json',
    )
    .option('--open', 'open them in a browser: $BROWSER, or what the desktop has')
    .option('--results <folder>', 'where results are kept', defaultResults)
    .option('--reports <folder>', 'where reports are written', defaultReports)
    .addHelpText('after', help)
    .action(async (runs: string[], flags: { open?: true; results: string; reports: string }) => {
      const records = runs.map((run) => readRun(flags.results, run))
      for (const record of records) {
        const file = await saveReport(record, flags.reports)
        print(file)
        if (flags.open === true) await openFile(file)
      }
    })
}

/** Loads all that a report is made with, which no other command has to wait for. */
export const loadRenderer = () => import('../report/report.ts')

/** Writes the report of a run; returns the file. */
export async function saveReport(record: RunRecord, reportsFolder: string): Promise<string> {
  const { renderReport } = await loadRenderer()
  const folder = join(reportsFolder, record.scenario)
  makeFolder(folder)
  const file = join(folder, `${record.runId}.html`)
  writeWhole(file, renderReport(record))
  return file
}
