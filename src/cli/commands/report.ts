/** `bench report`: HTML from results. */
import type { Command } from 'commander'
import { comparedFleet, defaultFleetMargin } from '../../fleet/compared.ts'
import { defaultReports, defaultResults } from '../../host/project.ts'
import type { RunRecord } from '../../record/record.ts'
import { fleets, readFleet } from '../../keep/fleet-store.ts'
import type { KindStore } from '../../keep/kind-store.ts'
import { savePage } from '../../keep/save-page.ts'
import { readRun } from '../../keep/store.ts'
import { readPoints, sweeps } from '../../keep/sweep-store.ts'
import { examplesText } from '../options/examples.ts'
import { openFile } from '../terminal/open-file.ts'
import { print } from '../terminal/output.ts'
import { searches, soaks } from '../../keep/rate-store.ts'
import { saveFleetReport } from './fleet-report.ts'
import { saveSearchReport } from './search.ts'
import { saveSoakReport } from './soak.ts'
import { saveSweepReport } from './sweep-report.ts'

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
      'Writes the HTML report of one or more runs, sweeps, searches, soaks or fleets: one file each, which needs neither network nor scripts.',
    )
    .argument(
      '<run...>',
      '`latest`, the id of a run, sweep, search, soak or fleet, or its start (see `bench list`), a folder, or a run.json',
    )
    .option('--open', 'open them in a browser: $BROWSER, or what the desktop has')
    .option('--results <folder>', 'where results are kept', defaultResults)
    .option('--reports <folder>', 'where reports are written', defaultReports)
    .addHelpText('after', help)
    .action(async (runs: string[], flags: { open?: true; results: string; reports: string }) => {
      const writers = runs.map((run) => writerOf(run, flags))
      for (const write of writers) {
        const file = await write()
        print(file)
        if (flags.open === true) await openFile(file)
      }
    })
}

interface Places {
  readonly results: string
  readonly reports: string
}

/** @returns what finds the one of a kind that is named, if any is, and gives what writes its page */
const ofKind =
  <Kept>(
    { has, read }: KindStore<Kept>,
    save: (kept: Kept, folder: string, places: Places) => Promise<string>,
  ) =>
  (name: string, places: Places): (() => Promise<string>) | undefined => {
    if (!has(places.results, name)) return undefined
    const { kept, folder } = read(places.results, name)
    return () => save(kept, folder, places)
  }

/** All that is kept beside runs. */
const kinds = [
  ofKind(searches, (search, _folder, { reports }) => saveSearchReport(search, reports)),
  ofKind(soaks, (soak, _folder, { reports }) => saveSoakReport(soak, reports)),
  ofKind(sweeps, (sweep, folder, { reports }) => saveSweepReport(sweep, readPoints(folder, sweep), reports)),
  ofKind(fleets, (_fleet, folder, { results, reports }) =>
    saveFleetReport(comparedFleet(readFleet(results, folder).fleet, defaultFleetMargin), reports),
  ),
]

/** What writes the page of whatever is named, once all that are named have been found. */
function writerOf(name: string, places: Places): () => Promise<string> {
  for (const kind of kinds) {
    const write = kind(name, places)
    if (write !== undefined) return write
  }
  const record = readRun(places.results, name)
  return () => saveReport(record, places.reports)
}

/** Loads all that a report is made with, which no other command has to wait for. */
export const loadRenderer = async () => {
  const [renderer, { loadVega }] = await Promise.all([
    import('../../report/report.ts'),
    import('../../page/render-chart.ts'),
  ])
  await loadVega()
  return renderer
}

/** Writes the report of a run; returns the file. */
export async function saveReport(record: RunRecord, reportsFolder: string): Promise<string> {
  const { renderReport } = await loadRenderer()
  return savePage(reportsFolder, record.scenario, record.runId, await renderReport(record))
}
