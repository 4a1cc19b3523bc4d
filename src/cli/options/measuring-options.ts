/** The options of all commands that measure. */
import type { Command } from 'commander'
import { defaultMargin, type RunOptions } from '../../run/settings.ts'
import { parseCount, parsePayload, parsePercent, parseRate, parseSeconds } from './option-values.ts'
import { addKeepingOptions, addPlacementOptions, type SharedFlags } from './shared-options.ts'

export interface MeasuringFlags extends SharedFlags {
  readonly quick?: true
  readonly precision?: string
  readonly maxTime?: string
  readonly rounds?: string
  readonly blocks?: string
  readonly margin: string
  readonly rate?: string
  readonly markdown?: true
  readonly verbose?: true
}

/** Adds the options to a command. */
export function addMeasuringOptions(command: Command): Command {
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
    .option(
      '--margin <percent>',
      'differences within ± this are called equivalent',
      `${defaultMargin * 100}%`,
    )
    .option('--seed <n>', 'seed of the random order and of the resampling, to repeat a run')
    .option('--payload <bytes>', 'UDP payload, instead of the scenario’s')
    .option('--rate <pps>', 'rate of paced trials, as in 100k packets a second, instead of the scenario’s')
  addPlacementOptions(command)
    .option('--json', 'print the record, without raw samples, on stdout')
    .option('--markdown', 'print what was found as Markdown, for a pull request')
    .option('--verbose', 'print every headline figure, a sentence for each, and all warnings')
  return addKeepingOptions(command)
}

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
    ...optional('payloadBytes', flags.payload === undefined ? undefined : parsePayload(flags.payload)),
    ...optional('ratePps', flags.rate === undefined ? undefined : parseRate('--rate', flags.rate)),
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
