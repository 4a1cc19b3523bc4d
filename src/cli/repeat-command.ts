/** From the command in a run's record to what that run was asked to do. Pure. */
import { Command } from 'commander'
import { mostTimes } from '../gates/confirm.ts'
import { BenchError } from '../host/errors.ts'
import type { RunRecord } from '../results/record.ts'
import type { RunOptions } from '../run/settings.ts'
import { addMeasuringOptions, type MeasuringFlags, optional, runOptions } from './measuring-options.ts'

export interface Repeat {
  readonly scenarioName: string
  readonly options: RunOptions
  readonly flags: Pick<MeasuringFlags, 'cpus'>
}

/** A word as a shell takes it: plain, or between single quotes, of which one inside is written '\''. */
const word = /'(?:[^']|'\\'')*'|\S+/g

const unquoted = (text: string): string =>
  text.startsWith("'") ? text.slice(1, -1).replaceAll("'\\''", "'") : text

/** What stands before the words that say what to run. */
const program = 'sudo ./bench run '

/**
 * What the command that repeats a run says.
 *
 * @throws BenchError `usage` where it is not one of `bench run`
 */
export function repeatOf({ runId, command }: Pick<RunRecord, 'runId' | 'command'>): Repeat {
  const words = command.startsWith(program) ? command.slice(program.length).match(word) : null
  const reader = addMeasuringOptions(new Command())
  const { operands, unknown } = reader.parseOptions((words ?? []).map(unquoted))
  const [scenarioName] = operands
  if (scenarioName === undefined || operands.length > 1 || unknown.length > 0)
    throw new BenchError(`Could not repeat run ${runId}: its command is not one of \`bench run\``, {
      trouble: 'usage',
      details: command,
      hint: '`bench ab` confirms what it finds by itself',
    })
  const flags = reader.opts<MeasuringFlags>()
  return { scenarioName, options: runOptions(flags), flags: optional('cpus', flags.cpus) }
}

/**
 * The options of a run that is longer.
 *
 * @param settings of the run that is repeated
 * @param times how much longer would decide
 */
export function longerOptions(
  options: RunOptions,
  { maxTimeS }: Pick<RunRecord['settings'], 'maxTimeS'>,
  times: number,
): RunOptions {
  const factor = Math.min(mostTimes, Math.max(1, times))
  const { blocks, precision } = options
  return {
    ...options,
    // A quick run's few rounds are a part of what made its interval wide.
    quick: false,
    maxTimeS: maxTimeS * factor,
    ...(blocks === undefined ? {} : { blocks: Math.ceil(blocks * factor) }),
    ...(precision === undefined ? {} : { precision: precision / Math.sqrt(factor) }),
  }
}
