/** What to do where a file could not be written to its end. */
import { systemCode } from './errors.ts'

/** A hint for an error of a write: `usual`, but where `ulimit -f` is in the way, which goes for every place. */
export const roomHint = (error: unknown, usual: string): string =>
  systemCode(error) === 'EFBIG' ? 'raise how large files may be: ulimit -f unlimited' : usual

/**
 * Has a write that goes beyond `ulimit -f` fail (EFBIG), as Node does until somebody heeds SIGXFSZ and then no more, as
 * execa does for the time that a tool runs: from then on the signal would end the process in silence.
 */
export function outliveFileSizeLimit(): void {
  process.on('SIGXFSZ', () => undefined)
}
