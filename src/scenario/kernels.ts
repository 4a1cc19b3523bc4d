/** A scenario on kernels of the user's choice: its paths are then those of each. Pure. */
import { loadOf } from '../parts/loads/loads.ts'
import { BenchError } from '../host/errors.ts'
import { hasOwnCommands } from './commands.ts'
import type { Scenario, ScenarioPath } from './scenario.ts'

/**
 * The scenario with every path on each of the kernels.
 *
 * On one kernel paths keep their names. On several a path is called `stack@6.12.90`; those of the first kernel have their
 * roles, and each path of another kernel is held against itself on the first. What compares within a kernel, the
 * control and the floor, is on the first alone.
 *
 * @param labels what the kernels are called, each different
 * @throws BenchError `usage` where the scenario wants what only this machine has
 */
export function onKernels(scenario: Scenario, labels: readonly string[]): Scenario {
  requireMachines(scenario)
  const [first = '', ...others] = labels
  if (others.length === 0)
    return { ...scenario, paths: scenario.paths.map((path) => ({ ...path, kernel: first })) }
  return {
    ...scenario,
    paths: [
      ...scenario.paths.map((path) => pathOn(path, first)),
      ...others.flatMap((label) =>
        scenario.paths
          .filter(({ role }) => role === 'baseline' || role === 'candidate')
          .map((path): ScenarioPath => ({
            ...pathOn(path, label),
            role: 'candidate',
            against: nameOn(path.name, first),
          })),
      ),
    ],
  }
}

const nameOn = (path: string, label: string): string => `${path}@${label}`

const pathOn = (path: ScenarioPath, label: string): ScenarioPath => ({
  ...path,
  name: nameOn(path.name, label),
  title: `${path.title}, on ${label}`,
  kernel: label,
})

/** @throws BenchError `usage` where the scenario wants what only this machine has */
export function requireMachines(scenario: Scenario): void {
  const reasons = [
    ...(scenario.place === 'existing' ? ['its namespaces are those of this machine'] : []),
    ...(scenario.paths.some(hasOwnCommands) ? ['its own commands want the files of this machine'] : []),
    ...(scenario.load.some(({ kind }) => loadOf(kind).isOfOtherTools)
      ? ['its web servers run on this machine alone']
      : []),
  ]
  if (reasons.length === 0) return
  throw new BenchError(`Could not run ${scenario.name} on another kernel: ${reasons.join('; ')}`, {
    trouble: 'usage',
    hint: 'leave out --kernel, or choose what runs in a virtual machine: --load leaves out kinds of load, --only and --without paths',
  })
}
