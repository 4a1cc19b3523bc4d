/** What is thrown where the ends of one path cannot be opened. */
import { BenchError, type BenchErrorOptions } from '../host/errors.ts'

/** The ends of a path cannot be opened. None of any path's is open then. */
export class EndsNotOpened extends BenchError {
  /** What the ends are called. */
  readonly ends: string

  constructor(ends: string, message: string, options: BenchErrorOptions) {
    super(message, options)
    this.ends = ends
  }
}
