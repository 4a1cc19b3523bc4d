/** Two kernels as the two versions of a path: the older is the baseline's, the newer the candidate's. Pure. */
import { requireMachines } from '../scenario/kernels.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { abScenario } from './ab-scenario.ts'

/** A kernel: as it is called in the record, and in words. */
export interface KernelSide {
  readonly label: string
  readonly words: string
}

/** What the machine of the control is called: the older kernel once more, in a machine of its own. */
export const controlKernel = 'control'

/**
 * The scenario that compares path `pathName` on two kernels.
 *
 * The control is in a machine of its own: what two machines with one kernel differ by is noise, too.
 *
 * @throws BenchError `usage` where there is no such path, or it cannot be in a virtual machine
 */
export function abOnKernels(
  scenario: Scenario,
  base: KernelSide,
  head: KernelSide,
  pathName: string,
): Scenario {
  const compared = abScenario({ scenario, label: base.words }, { scenario, label: head.words }, pathName)
  requireMachines(compared)
  const kernels = { baseline: base.label, candidate: head.label, control: controlKernel, floor: base.label }
  return { ...compared, paths: compared.paths.map((path) => ({ ...path, kernel: kernels[path.role] })) }
}
