/** `bench clean`: old results. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { defaultReports, defaultResults } from '../../host/project.ts'
import { listRuns, removeRun, type StoredRun } from '../../keep/store.ts'
import { examplesText } from '../options/examples.ts'
import { parseCount } from '../options/option-values.ts'
import { print } from '../terminal/output.ts'

interface Flags {
  readonly keep: string
  readonly dryRun?: true
  readonly results: string
  readonly reports: string
}

const help = examplesText([
  ['./bench clean --dry-run', 'what would go, with ten runs kept of each scenario'],
  ['./bench clean --keep 50', 'keep more'],
])

/** Adds the command. */
export function addClean(program: Command): void {
  program
    .command('clean')
    .summary('remove old results and their reports')
    .description('Removes all but the newest runs of every scenario, with their reports.')
    .option('--keep <n>', 'how many runs of each scenario to keep', '10')
    .option('--dry-run', 'only say what would be removed')
    .option('--results <folder>', 'where results are kept', defaultResults)
    .option('--reports <folder>', 'where reports are written', defaultReports)
    .addHelpText('after', help)
    .action((flags: Flags) => {
      const old = oldRuns(listRuns(flags.results), parseCount('--keep', flags.keep, 0, 1_000_000))
      for (const run of old) {
        if (flags.dryRun === undefined) {
          removeRun(run)
          rmSync(join(flags.reports, run.scenario, `${run.runId}.html`), { force: true })
        }
        print(`${flags.dryRun === true ? 'would remove' : 'removed'} ${run.folder}`)
      }
      if (old.length === 0) print('nothing to remove')
    })
}

/** Those that are not among the newest `keep` of their scenario. @param runs oldest first */
export function oldRuns(runs: readonly StoredRun[], keep: number): StoredRun[] {
  const byScenario = Map.groupBy(runs, ({ scenario }) => scenario)
  return [...byScenario.values()].flatMap((own) => own.slice(0, Math.max(0, own.length - keep)))
}
