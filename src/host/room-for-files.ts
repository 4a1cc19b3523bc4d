/** What to do where a file could not be written to its end. */
import { BenchError, systemCode } from './errors.ts'

/**
 * The error for a write that failed.
 *
 * @param what completes `Could not …`
 * @param usual the hint, but where `ulimit -f` is in the way, which goes for every place
 */
export const writeError = (what: string, error: unknown, usual: string): BenchError =>
  new BenchError(`Could not ${what}: ${(error as Error).message}`, {
    trouble: 'failed',
    hint: systemCode(error) === 'EFBIG' ? 'raise how large files may be: ulimit -f unlimited' : usual,
    cause: error,
  })

/**
 * Has a write that goes beyond `ulimit -f` fail (EFBIG), as Node does until somebody heeds SIGXFSZ and then no more, as
 * execa does for the time that a tool runs: from then on the signal would end the process in silence.
 */
export function outliveFileSizeLimit(): void {
  process.on('SIGXFSZ', () => undefined)
}
