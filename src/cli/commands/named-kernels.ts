/** The kernels that options name. */
import { BenchError } from '../../host/errors.ts'
import { findKernel } from '../../machine/find-kernel.ts'
import { type Kernel, kernelLabels } from '../../machine/kernel.ts'
import type { LabelledKernel } from '../../run/machine-conditions.ts'
import { onKernels } from '../../scenario/kernels.ts'
import type { Scenario } from '../../scenario/scenario.ts'

/** A scenario, and the kernels that its paths are on, where that is not this machine's. */
export interface OnKernels {
  readonly scenario: Scenario
  readonly kernels?: readonly LabelledKernel[]
}

/** @throws BenchError `usage` where there is no such kernel, or the scenario cannot be run on another */
export async function onNamedKernels(scenario: Scenario, names: readonly string[]): Promise<OnKernels> {
  if (names.length === 0) return { scenario }
  const kernels = await namedKernels(names)
  return {
    scenario: onKernels(
      scenario,
      kernels.map(({ label }) => label),
    ),
    kernels,
  }
}

/**
 * The kernels that are meant, each with what it is called.
 *
 * @throws BenchError with each that cannot be found
 */
export async function namedKernels(names: readonly string[]): Promise<LabelledKernel[]> {
  const found: Kernel[] = []
  const problems: BenchError[] = []
  // One after the other: two may be one package, which is fetched once.
  for (const name of names)
    try {
      found.push(await findKernel(name))
    } catch (error) {
      if (!(error instanceof BenchError)) throw error
      problems.push(error)
    }
  const [first, ...others] = problems
  if (first !== undefined) throw others.length === 0 ? first : together(problems)
  const labels = kernelLabels(found.map(({ release }) => release))
  return found.map((kernel, index) => ({ label: labels[index] ?? '', kernel }))
}

function together(problems: readonly BenchError[]): BenchError {
  const machine = problems.find(({ trouble }) => trouble === 'machine')
  return new BenchError(`Could not use ${problems.length} of the kernels`, {
    trouble: machine === undefined ? 'usage' : 'machine',
    details: problems
      .flatMap(({ message, hint }) => [message, ...(hint === undefined ? [] : [`  ${hint}`])])
      .join('\n'),
  })
}
