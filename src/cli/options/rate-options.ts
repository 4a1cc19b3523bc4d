/** The options of commands that offer packets at given rates. */
import { type Command, Option } from 'commander'
import { BenchError } from '../../host/errors.ts'
import { defaultReports, defaultResults } from '../../host/project.ts'
import { noWait } from './no-wait.ts'

export interface RateFlags {
  readonly payload?: string
  readonly cpus?: string
  readonly receiver: 'spinning' | 'blocking'
  readonly seed?: string
  readonly json?: true
  readonly quiet?: true
  readonly wait: boolean
  readonly report: boolean
  readonly results: string
  readonly reports: string
}

/** Adds the options to a command. */
export const addRateOptions = (command: Command): Command =>
  command
    .option('--payload <bytes>', 'UDP payload, instead of the scenario’s')
    .option('--cpus <list>', 'CPUs of the sender and the receiver, as in 2,3')
    .addOption(
      new Option('--receiver <kind>', 'receivers spin, or block as an idle application does')
        .choices(['spinning', 'blocking'])
        .default('spinning'),
    )
    .option('--seed <n>', 'seed of the random order')
    .option('--json', 'print what was found as JSON on stdout')
    .option('--quiet', 'no progress')
    .option(...noWait)
    .option('--no-report', 'write no HTML report')
    .option('--results <folder>', 'where results are kept', defaultResults)
    .option('--reports <folder>', 'where reports are written', defaultReports)

/** The fastest that is offered, packets/s: what a trial of a second holds. */
export const highestPps = 1_000_000

const factors: Readonly<Record<string, number>> = { k: 1e3, M: 1e6 }

/** Packets/s in `250k`, `1M` or a plain number. @throws BenchError `usage` */
export function parseRate(option: string, text: string): number {
  const match = /^(\d+(?:\.\d+)?)([kM]?)$/.exec(text)
  const ratePps = Number(match?.[1]) * (factors[match?.[2] ?? ''] ?? 1)
  if (!(ratePps >= 1 && ratePps <= highestPps))
    throw new BenchError(
      `Could not use ${option} ${text}: expected 1 to ${highestPps} packets/s, as in 250k`,
      {
        trouble: 'usage',
      },
    )
  return ratePps
}
