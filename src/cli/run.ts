/** `bench run`: the main job. */
import { randomInt } from 'node:crypto'
import { type Command, Option } from 'commander'
import { exitCodes } from '../host/errors.ts'
import { inProject } from '../host/project.ts'
import type { RunRecord } from '../results/record.ts'
import type { RunOptions } from '../run/settings.ts'
import { parseCount, parsePercent, parseSeconds } from './option-values.ts'
import { print, tell } from './output.ts'
import { createDisplay } from './progress-display.ts'
import { requireRoot } from './root.ts'
import { summary, warningLines } from './summary.ts'

interface Flags {
  readonly quick?: true
  readonly precision?: string
  readonly maxTime?: string
  readonly rounds?: string
  readonly blocks?: string
  readonly margin: string
  readonly seed?: string
  readonly payload?: string
  readonly rate?: string
  readonly cpus?: string
  readonly receiver: 'spinning' | 'blocking'
  readonly json?: true
  readonly quiet?: true
  readonly wait: boolean
  readonly report: boolean
  readonly results: string
  readonly reports: string
}

const help = `
Examples:
  sudo ./bench run redirect-vs-stack                    about 20 seconds
  sudo ./bench run redirect-vs-stack --quick            5 seconds, wider intervals
  sudo ./bench run redirect-vs-stack --precision 0.5%   as long as that takes
  sudo ./bench run ./my-path.yaml --payload 1400        a scenario of your own, larger packets

Exit codes: 0 measured, 2 wrong usage or scenario, 3 this machine cannot, 4 the run failed or a
path's proof did not hold, 130 interrupted (what was measured is kept).`

/** Adds the command. */
export function addRun(program: Command): void {
  program
    .command('run')
    .summary('measure a scenario and write its result and report')
    .description(
      'Builds the topologies of a scenario, measures every path, proves which way the packets went, and reports ratios with 95 % intervals. Needs root.',
    )
    .argument('<scenario>', 'name of a scenario (see `bench list`), or a file')
    .option('--quick', 'measure for some 3 seconds only')
    .option(
      '--precision <percent>',
      'go on until throughput ratios are known to ± this, as in 0.5%; the number of rounds is fixed from a pilot',
    )
    .option('--max-time <time>', 'measure no longer than this, as in 30s or 2m')
    .option('--rounds <n>', 'number of rounds; every round builds the topologies afresh')
    .option(
      '--blocks <n>',
      'measured blocks in a round; every block has one trial of each kind for each path',
    )
    .option('--margin <percent>', 'differences within ± this are called equivalent', '1%')
    .option('--seed <n>', 'seed of the random order and of the resampling, to repeat a run')
    .option('--payload <bytes>', 'UDP payload, instead of the scenario’s')
    .option('--rate <pps>', 'rate of paced trials, packets a second, instead of the scenario’s')
    .option('--cpus <list>', 'CPUs of the sender and the receiver, as in 2,3')
    .addOption(
      new Option('--receiver <kind>', 'receivers spin, or block as an idle application does')
        .choices(['spinning', 'blocking'])
        .default('spinning'),
    )
    .option('--json', 'print the record, without raw samples, on stdout')
    .option('--quiet', 'no progress')
    .option('--no-wait', 'fail at once if another run is going on, instead of waiting')
    .option('--no-report', 'write no HTML report')
    .option('--results <folder>', 'where results are kept', inProject('results'))
    .option('--reports <folder>', 'where reports are written', inProject('reports'))
    .addHelpText('after', help)
    .action(run)
}

const optional = <Value>(name: string, value: Value | undefined): Record<string, Value> =>
  value === undefined ? {} : { [name]: value }

/** The options of a run, checked. @throws BenchError `usage` */
export function runOptions(flags: Flags): RunOptions {
  const count = (name: string, text: string | undefined, least: number, most: number) =>
    text === undefined ? undefined : parseCount(name, text, least, most)
  return {
    quick: flags.quick ?? false,
    margin: parsePercent('--margin', flags.margin),
    receiver: flags.receiver,
    ...optional('rounds', count('--rounds', flags.rounds, 1, 10_000)),
    ...optional('blocks', count('--blocks', flags.blocks, 1, 10_000)),
    ...optional('seed', count('--seed', flags.seed, 0, 2 ** 32 - 1)),
    ...optional('payloadBytes', count('--payload', flags.payload, 32, 1472)),
    ...optional('ratePps', count('--rate', flags.rate, 1, 1_000_000)),
    ...optional(
      'precision',
      flags.precision === undefined ? undefined : parsePercent('--precision', flags.precision),
    ),
    ...optional(
      'maxTimeS',
      flags.maxTime === undefined ? undefined : parseSeconds('--max-time', flags.maxTime),
    ),
  }
}

async function run(scenarioName: string, flags: Flags): Promise<void> {
  const options = runOptions(flags)
  requireRoot('run a scenario')
  const { measureScenario } = await import('../run/session.ts')
  const display = createDisplay(flags.quiet ? 'none' : process.stderr.isTTY ? 'live' : 'plain')
  const interruption = new AbortController()
  const interrupt = () => {
    // The second time, the user means it: what finished rounds measured is on the disk.
    if (interruption.signal.aborted) process.exit(exitCodes.interrupted)
    interruption.abort()
    display.warning(
      'Interrupted: ending after this block, and keeping what was measured (again to end at once)',
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt)

  const { record, folder, failure } = await measureScenario({
    scenarioName,
    options: { ...options, seed: options.seed ?? randomInt(2 ** 32) },
    ...optional('cpus', flags.cpus),
    mayWait: flags.wait,
    resultsFolder: flags.results,
    progress: display,
    signal: interruption.signal,
  }).finally(display.end)

  const found = flags.json === true ? JSON.stringify(withoutRawSamples(record), null, 2) : summary(record)
  if (found !== '') print(found)
  const stream = process.stderr
  for (const line of warningLines(record, stream)) tell(line)
  tell(`\nresult  ${folder}`)
  if (flags.report) tell(`report  ${await writeReport(record, flags.reports)}`)
  if (failure !== undefined) throw failure
  process.exitCode = exitCodeFor(record, interruption.signal.aborted)
}

async function writeReport(record: RunRecord, folder: string): Promise<string> {
  const { saveReport } = await import('./report.ts')
  return saveReport(record, folder)
}

/** The record that --json prints. */
function withoutRawSamples(record: RunRecord): Partial<RunRecord> {
  const { trials: _trials, blocks: _blocks, rounds: _rounds, ...rest } = record
  return rest
}

function exitCodeFor(record: RunRecord, isInterrupted: boolean): number {
  if (isInterrupted) return exitCodes.interrupted
  return record.paths.some(({ status }) => status === 'invalid') ? exitCodes.failed : exitCodes.ok
}
