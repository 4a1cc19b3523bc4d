/** `bench clean`: old results. */
import { join } from 'node:path'
import type { Command } from 'commander'
import { defaultReports, defaultResults } from '../../host/project.ts'
import { listRuns, removeKept } from '../../keep/store.ts'
import { fleets } from '../../keep/fleet-store.ts'
import { searches, soaks } from '../../keep/rate-store.ts'
import { sweeps } from '../../keep/sweep-store.ts'
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
    .description(
      'Removes all but the newest runs, sweeps, searches, soaks and fleets of every scenario, with their reports.',
    )
    .option('--keep <n>', 'how many of each kind and scenario to keep', '10')
    .option('--dry-run', 'only say what would be removed')
    .option('--results <folder>', 'where results are kept', defaultResults)
    .option('--reports <folder>', 'where reports are written', defaultReports)
    .addHelpText('after', help)
    .action((flags: Flags) => {
      const keep = parseCount('--keep', flags.keep, 0, 1_000_000)
      const runs = listRuns(flags.results).map((run) => ({ ...run, id: run.runId }))
      const old = [
        ...oldOnes(runs, keep),
        ...[sweeps, searches, soaks, fleets].flatMap(({ list }) => oldOnes(list(flags.results), keep)),
      ]
      for (const { scenario, id, folder } of old) {
        if (flags.dryRun === undefined) {
          removeKept(folder)
          removeKept(join(flags.reports, scenario, `${id}.html`))
        }
        print(`${flags.dryRun === true ? 'would remove' : 'removed'} ${folder}`)
      }
      if (old.length === 0) print('nothing to remove')
    })
}

/** Those that are not among the newest `keep` of their scenario. @param kept oldest first */
export function oldOnes<One extends { readonly scenario: string }>(
  kept: readonly One[],
  keep: number,
): One[] {
  const byScenario = Map.groupBy(kept, ({ scenario }) => scenario)
  return [...byScenario.values()].flatMap((own) => own.slice(0, Math.max(0, own.length - keep)))
}
