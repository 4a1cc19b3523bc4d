/** Boots a kernel with all that is to be done in there. */
import { arch } from 'node:os'
import { BenchError } from '../host/errors.ts'
import { isInPath } from '../host/tools.ts'
import { stepsSocket } from '../topology/sandbox.ts'
import { agentWords, guestFiles, type GuestNeeds } from './guest-files.ts'
import { keepInitramfs } from './initramfs.ts'
import type { Kernel } from './kernel.ts'
import { type Machine, openMachine } from './machine.ts'
import { chooseModules } from './module-files.ts'

export interface Booted extends Machine {
  /** The archive that it started from. */
  readonly initramfs: string
  /** Modules that are wanted, and neither built in nor beside the kernel. */
  readonly missingModules: readonly string[]
}

/**
 * @param name the kernel's, for messages
 * @param objects BPF objects that are loaded in there: absolute paths
 * @param cpus this machine's, one for each of the machine's own, in their order
 * @throws BenchError `machine` where something is lacking here, or it does not come up
 */
export async function boot(
  kernel: Kernel,
  name: string,
  { tools, extraTools, modules, extraModules }: GuestNeeds,
  objects: readonly string[],
  cpus: readonly number[],
): Promise<Booted> {
  requireArchitecture()
  const chosen = await chooseModules(kernel, [...modules, ...extraModules])
  const initramfs = keepInitramfs(
    await guestFiles([...tools, ...extraTools.filter(isInPath)], objects, chosen.modules),
  )
  const order = { image: kernel.image, initramfs, agentWords: agentWords(stepsSocket) }
  return {
    ...(await openMachine(order, name, cpus)),
    initramfs,
    // Whether a kernel without modules beside it has them built in, nobody says.
    missingModules:
      kernel.modules.length === 0 ? [] : chosen.missing.filter((module) => !extraModules.includes(module)),
  }
}

/** What runs in a machine is this one's: tools, their libraries, the generator. */
function requireArchitecture(): void {
  if (arch() === 'x64') return
  throw new BenchError(
    `Could not run another kernel: that is for x86-64 alone, and this machine is ${arch()}`,
    {
      trouble: 'machine',
      hint: 'leave out --kernel, or run it on an x86-64 machine',
    },
  )
}
