/** Names of baselines: they become file names, and must not be mistaken for runs. */
import { BenchError } from '../host/errors.ts'

const shape = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/
const looksLikeRun = /^\d{8}T\d{6}Z/

/** @throws BenchError `usage` where `name` cannot be a baseline's */
export function requireBaselineName(name: string): void {
  const wrong = (why: string, hint: string) =>
    new BenchError(`Could not use the name "${name}" for a baseline: ${why}`, { trouble: 'usage', hint })
  if (!shape.test(name))
    throw wrong(
      'expected up to 64 letters, digits, ".", "_" and "-", of which the first is a letter or digit',
      'for example: main, v1.4 or 6.18-veth',
    )
  if (name.endsWith('.json') || name.endsWith('.part'))
    throw wrong('it would be mistaken for a file', `leave out the ending`)
  if (name === 'latest' || looksLikeRun.test(name))
    throw wrong('it would be mistaken for a run', 'for example: main, v1.4 or 6.18-veth')
}
