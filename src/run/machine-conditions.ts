/** What is special where paths are in virtual machines. Pure. */
import type { GeneratorPlacement } from '../load/generator.ts'
import type { Kernel } from '../machine/kernel.ts'
import { isEmulated } from '../record/emulated.ts'
import type { Environment, RunRecord } from '../record/record.ts'

/** A kernel, and what it is called in names of paths. */
export interface LabelledKernel {
  readonly label: string
  readonly kernel: Kernel
}

/** Where the load is driven in a machine that has as many CPUs as `here` names: they are pinned to those. */
export const inMachine = (here: GeneratorPlacement): GeneratorPlacement => ({
  ...here,
  senderCpu: 0,
  receiverCpu: here.senderCpu === here.receiverCpu ? 0 : 1,
})

/** What a reader has to know of machines. */
export const machineWarnings = (environment: Pick<Environment, 'machines'>): RunRecord['warnings'] => [
  ...(isEmulated(environment)
    ? [
        {
          code: 'emulated',
          message:
            'kernels ran by emulation, as KVM is not there or does not run them: timings mean nothing and no verdict is given; counts and proofs hold',
        },
      ]
    : []),
  ...(environment.machines ?? [])
    .filter(({ missingModules }) => missingModules.length > 0)
    .map(({ name, missingModules }) => ({
      code: 'kernel-modules',
      message: `kernel ${name} has neither built in nor beside it: ${missingModules.join(', ')}`,
    })),
]
