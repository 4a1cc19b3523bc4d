/** The name under which a host's runs are kept together. */
import { hostname } from 'node:os'

/** What containers and hosts without a name are called: it is another one with every start, or everybody's. */
const madeUp = /^([0-9a-f]{12}|[0-9a-f]{64}|localhost|\(none\)|)$/

/**
 * What this host is called: `BENCH_HOST`, else its own name; undefined where that says nothing. Jobs of a CI service and
 * containers have a made-up name each, and every run would be of a host of its own.
 */
export function hostName(
  { BENCH_HOST, CI }: NodeJS.ProcessEnv = process.env,
  own: string = hostname(),
): string | undefined {
  if (BENCH_HOST !== undefined && BENCH_HOST.trim() !== '') return BENCH_HOST.trim()
  return (CI ?? '') !== '' || madeUp.test(own) ? undefined : own
}
