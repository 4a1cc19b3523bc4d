/** What ends a run on namespaces that are there already. */
import { BenchError } from '../host/errors.ts'

/** A path that could not be taken away: nobody knows what the namespaces hold now, and nothing is measured there. */
export class NotTakenAway extends BenchError {
  constructor(path: string, { message, details = '' }: BenchError) {
    super(`Could not go on: path "${path}" is not taken away. ${message}`, {
      trouble: 'failed',
      details,
      hint: 'look at the namespaces, and put back what its setup changed; a teardown has to do so wherever setup ended',
    })
    this.name = 'NotTakenAway'
  }
}
