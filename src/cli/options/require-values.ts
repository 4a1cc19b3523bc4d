/** Options that have a value. */
import type { Command } from 'commander'
import { BenchError } from '../../host/errors.ts'

/**
 * Refuses options whose value is empty, as of a shell's variable that is not set: `-o "$FILE"`. No option means anything by it.
 *
 * @throws BenchError `usage` with all of them
 */
export function requireValues(command: Command): void {
  const given: Readonly<Record<string, unknown>> = command.opts()
  const empty = command.options
    .filter((option) => isEmpty(given[option.attributeName()]))
    .map(({ long }) => long)
  if (empty.length > 0)
    throw new BenchError(`Could not use ${empty.join(' and ')}: expected a value, and '' is none`, {
      trouble: 'usage',
      hint: 'a variable of the shell that is not set is empty',
    })
}

const isEmpty = (value: unknown): boolean => value === '' || (Array.isArray(value) && value.includes(''))
