/** Options that all commands have that measure. */
import { type Command, Option } from 'commander'
import { defaultReports, defaultResults } from '../../host/project.ts'
import { noWait } from './no-wait.ts'

export interface SharedFlags {
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

/** Adds those that say where packets are sent and taken. */
export const addPlacementOptions = (command: Command): Command =>
  command
    .option('--cpus <list>', 'CPUs of the sender and the receiver, as in 2,3')
    .addOption(
      new Option('--receiver <kind>', 'receivers spin, or block as an idle application does')
        .choices(['spinning', 'blocking'])
        .default('spinning'),
    )

/** Adds those that say how it goes on, and where what is found is kept. */
export const addKeepingOptions = (command: Command): Command =>
  command
    .option('--quiet', 'no progress')
    .option(...noWait)
    .option('--no-report', 'write no HTML report')
    .option('--results <folder>', 'where results are kept', defaultResults)
    .option('--reports <folder>', 'where reports are written', defaultReports)
