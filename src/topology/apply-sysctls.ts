/** Sets sysctls of a namespace, and reads back what the kernel made of them. */
import { builtProgram } from '../host/built.ts'
import type { NamespacePlan } from './plan.ts'
import type { Step } from './steps.ts'

/** The step that sets them, if there are any. */
export const sysctlSteps = ({ namespace, file, sysctls }: NamespacePlan, whose: string): Step[] =>
  sysctls.length === 0
    ? []
    : [
        {
          command: [builtProgram('sysctls')],
          input: sysctls.map((sysctl) => `${sysctl.value}\n${sysctl.file}\n`).join(''),
          what: `set the sysctls of ${namespace} of ${whose}`,
          namespaceFile: file,
        },
      ]
