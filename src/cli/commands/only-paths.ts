/** A scenario cut down to the paths that a user names. */
import { BenchError } from '../../host/errors.ts'
import { didYouMean } from '../../host/nearest.ts'
import type { Scenario } from '../../scenario/scenario.ts'

/** A scenario with some of its paths. @throws BenchError `usage` about one that it does not have */
export function onlyPaths(scenario: Scenario, names: readonly string[] | undefined): Scenario {
  if (names === undefined) return scenario
  const known = scenario.paths.map(({ name }) => name)
  const unknown = names.find((name) => !known.includes(name))
  if (unknown !== undefined)
    throw new BenchError(`Could not find path "${unknown}"${didYouMean(unknown, known)}`, {
      trouble: 'usage',
      hint: `there are: ${known.join(', ')}`,
    })
  return { ...scenario, paths: scenario.paths.filter(({ name }) => names.includes(name)) }
}
