/** What does not connect to hosts. */
import { BenchError } from '../host/errors.ts'
import type { Scenario } from './scenario.ts'

/** The commands that do. */
export const whoConnects = 'runs, sweeps, searches and soaks alone connect to hosts'

/**
 * Refuses a scenario whose paths lead over another host, for what would do to this machine what is meant for that.
 *
 * @param what completes `Could not …`
 * @throws BenchError `usage`
 */
export function requireHere({ hosts: [host] }: Pick<Scenario, 'hosts'>, what: string): void {
  if (host === undefined) return
  throw new BenchError(`Could not ${what} over host "${host.name}": ${whoConnects}`, {
    trouble: 'usage',
    hint: `look around there yourself: ssh ${host.ssh}`,
  })
}
