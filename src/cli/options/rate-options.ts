/** The options of commands that offer packets at given rates. */
import type { Command } from 'commander'
import { addKeepingOptions, addPlacementOptions, type SharedFlags } from './shared-options.ts'

export type RateFlags = SharedFlags

/** Adds the options to a command. */
export function addRateOptions(command: Command): Command {
  addPlacementOptions(command.option('--payload <bytes>', 'UDP payload, instead of the scenario’s'))
  command
    .option('--seed <n>', 'seed of the random order')
    .option('--json', 'print what was found as JSON on stdout')
  return addKeepingOptions(command)
}
