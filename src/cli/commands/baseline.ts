/** `bench baseline`: named baselines, small enough to be committed. */
import type { Command } from 'commander'
import { kernelRelease, programLines, subjectWords } from '../../across/identity.ts'
import { baselineText } from '../../keep/baseline-record.ts'
import { saveBaseline } from '../../keep/save-baseline.ts'
import {
  listBaselines,
  readBaseline,
  removeBaseline,
  requireBaseline,
  type StoredBaseline,
} from '../../keep/baseline-store.ts'
import { BenchError } from '../../host/errors.ts'
import { defaultResults } from '../../host/project.ts'
import { formatBytes, formatInstant } from '../../words/numbers.ts'
import { readRun } from '../../keep/store.ts'
import { print, styled, tell } from '../terminal/output.ts'
import { summary } from '../terminal/summary.ts'
import { textTable } from '../terminal/text-table.ts'

interface Places {
  readonly baselines: string
}

interface SaveFlags extends Places {
  readonly results: string
  readonly force?: true
}

const help = `
Examples:
  sudo ./bench run redirect-vs-stack && ./bench baseline save main
  ./bench baseline save v1.4 20261121T1559      another run than the latest
  ./bench check latest --baseline main          hold a run against it
  ./bench compare main v1.4 latest              see what changed

Baselines are files in baselines/<scenario>/ of the current folder: commit them with your code.`

/** Adds the command. */
export function addBaseline(program: Command): void {
  const baseline = program
    .command('baseline')
    .summary('keep runs under a name, to compare with later')
    .description(
      'Keeps the result of a run under a name, in a file that is small enough to be committed: its ratios, levels, settings and environment, without samples.',
    )
    .addHelpText('after', help)
  const subcommand = (usage: string, description: string): Command =>
    baseline
      .command(usage)
      .description(description)
      .option('--baselines <folder>', 'where named baselines are kept', 'baselines')
  subcommand('save <name> [run]', 'Keeps a run, the latest unless another is named, as a baseline.')
    .option('--force', 'replace one of that name; keep a run that is partial or invalid')
    .option('--results <folder>', 'where results are kept', defaultResults)
    .action(save)
  subcommand('list', 'Lists the baselines that are kept.').action(list)
  subcommand('show <name>', 'Shows what a baseline holds, in the terms of a run’s summary.').action(show)
  subcommand('rm <name>', 'Removes a baseline.').action((name: string, { baselines }: Places) => {
    const found = requireBaseline(baselines, name)
    removeBaseline(found)
    print(`removed ${found.file}`)
  })
}

function save(name: string, run: string | undefined, flags: SaveFlags): void {
  const record = readRun(flags.results, run ?? 'latest')
  const file = saveBaseline(flags.baselines, name, record, flags.force ?? false)
  print(file)
  tell(`run ${record.runId} of ${record.scenario}, ${formatBytes(Buffer.byteLength(baselineText(record)))}`)
}

function list({ baselines }: Places): void {
  const all = listBaselines(baselines)
  if (all.length === 0) {
    tell(`no baselines in ${baselines}; keep one with: bench baseline save <name>`)
    return
  }
  print(
    textTable(
      ['name', 'scenario', 'run', 'measured', 'kernel', 'version'].map((title) => ({ title, align: 'left' })),
      all.map(rowOf),
    ),
  )
}

/** A file that is damaged is listed as such: the others can still be used. */
function rowOf(stored: StoredBaseline): string[] {
  const { name, scenario } = stored
  try {
    const record = readBaseline(stored)
    const { runId, startedAt } = record
    return [name, scenario, runId, formatInstant(startedAt), kernelRelease(record), subjectWords(record)]
  } catch (error) {
    if (!(error instanceof BenchError)) throw error
    return [name, scenario, styled('red', 'unreadable')]
  }
}

function show(name: string, { baselines }: Places): void {
  const found = requireBaseline(baselines, name)
  const record = readBaseline(found)
  const { runId, startedAt, environment, command } = record
  print(`${styled('bold', `${found.scenario}/${found.name}`)}: run ${runId} of ${formatInstant(startedAt)}`)
  print(`${environment.cpuModel}, ${environment.cpuCount} CPUs, Linux ${environment.kernel}`)
  print(`version ${subjectWords(record)}`)
  for (const path of record.paths)
    for (const line of programLines(record, path.name)) print(`${path.name}: ${line}`)
  print(`${command}\n`)
  print(summary(record))
}
