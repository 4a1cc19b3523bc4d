/** Which options of `bench export` go with which format. */
import { type Format, type FormatOption, formats } from '../../export/formats.ts'
import { BenchError } from '../../host/errors.ts'

/**
 * Refuses options that the format has no use for: they would change nothing, and silently.
 *
 * @param given each option's value, undefined where it is not given
 * @throws BenchError `usage`
 */
export function requireTaken({ name, takes }: Format, given: Readonly<Record<FormatOption, unknown>>): void {
  for (const [option, value] of Object.entries(given) as [FormatOption, unknown][])
    if (value !== undefined && !takes.includes(option))
      throw new BenchError(`Could not use --${option} with --format ${name}`, {
        trouble: 'usage',
        hint: `these formats take it: ${formats
          .filter((format) => format.takes.includes(option))
          .map((format) => format.name)
          .join(', ')}`,
      })
}
