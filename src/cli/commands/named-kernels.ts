/** The kernels that options name. */
import { findKernel } from '../../machine/find-kernel.ts'
import { kernelLabels } from '../../machine/kernel.ts'
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
  const kernels: LabelledKernel['kernel'][] = []
  // One after the other: two may be one package, which is fetched once.
  for (const name of names) kernels.push(await findKernel(name))
  const labels = kernelLabels(kernels.map(({ release }) => release))
  return {
    scenario: onKernels(scenario, labels),
    kernels: kernels.map((kernel, index) => ({ label: labels[index] ?? '', kernel })),
  }
}
