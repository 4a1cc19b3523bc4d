/** What a scenario of a user's own may be called. */
import { BenchError } from '../host/errors.ts'
import { plainName } from '../parts/words.ts'
import { listScenarios } from '../scenario/find.ts'

/** Paths that a scenario has beside the user's, which bears its name. */
const otherPaths = ['stack', 'control', 'floor']

/** @throws BenchError `usage` with what is wrong with the name */
export function checkName(name: string): void {
  const parsed = plainName.safeParse(name)
  if (!parsed.success) throw refusal(name, `expected ${parsed.error.issues[0]?.message ?? 'another name'}`)
  if (listScenarios().includes(name))
    throw refusal(name, 'pathbench has a scenario of that name, and runs are kept by name')
  if (otherPaths.includes(name)) throw refusal(name, 'another path of the scenario has that name')
}

const refusal = (name: string, cause: string): BenchError =>
  new BenchError(`Could not begin "${name}": ${cause}`, {
    trouble: 'usage',
    hint: 'the folder, the scenario and your path get the name, as in: bench new my-path',
  })
