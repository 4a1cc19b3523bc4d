/** The options of all commands that measure. */
import { type Command, Option } from 'commander'
import { defaultReports, defaultResults } from '../../host/project.ts'
import type { RunOptions } from '../../run/settings.ts'
import { parseCount, parsePercent, parseSeconds } from './option-values.ts'
import { noWait } from './no-wait.ts'

export interface MeasuringFlags {
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
  readonly markdown?: true
  readonly verbose?: true
  readonly quiet?: true
  readonly wait: boolean
  readonly report: boolean
  readonly results: string
  readonly reports: string
}

/** Adds the options to a command. */
export const addMeasuringOptions = (command: Command): Command =>
  command
    .option('--quick', 'measure for a few seconds only')
    .option(
      '--precision <percent>',
      'go on until throughput ratios are known to ± this, as in 0.5%; the number of rounds is fixed from a pilot',
    )
    .option('--max-time <time>', 'measure no longer than this, as in 30s or 2m')
    .option(
      '--rounds <n>',
      'number of rounds; every round builds the topologies afresh, and one alone gives no verdict',
    )
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
    .option('--markdown', 'print what was found as Markdown, for a pull request')
    .option('--verbose', 'print every headline figure, a sentence for each, and all warnings')
    .option('--quiet', 'no progress')
    .option(...noWait)
    .option('--no-report', 'write no HTML report')
    .option('--results <folder>', 'where results are kept', defaultResults)
    .option('--reports <folder>', 'where reports are written', defaultReports)

/** An object with one key, or with none where there is no value. */
export const optional = <Value>(name: string, value: Value | undefined): Record<string, Value> =>
  value === undefined ? {} : { [name]: value }

/** What the flags ask of a run, checked. @throws BenchError `usage` */
export function runOptions(flags: MeasuringFlags): RunOptions {
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
