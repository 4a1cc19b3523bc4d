/** A lab on kernels of the user's choice: a virtual machine for each, all live at once. */
import { gunzipSync } from 'node:zlib'
import { readFileSync } from 'node:fs'
import { counterFiles, counterNamesIn } from '../datapath/kernel-counters.ts'
import type { BpfObjects } from '../datapath/bpf-objects.ts'
import { type UnmetNeeds, unmetNeeds } from '../datapath/probe-kernel.ts'
import { captureEnvironment } from '../host/environment.ts'
import { kernelConfigValues } from '../host/kernel-config.ts'
import { type Generator, startGenerator } from '../load/generator.ts'
import { generatorsOf } from '../load/generators.ts'
import { boot } from '../machine/boot.ts'
import { guestNeeds } from '../machine/guest-files.ts'
import type { Machine } from '../machine/machine.ts'
import { memoryMiB } from '../machine/qemu.ts'
import { sandboxOf } from '../machine/together.ts'
import type { Environment } from '../record/record.ts'
import { needsOf } from '../scenario/needs.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { toolsOf } from '../scenario/tools.ts'
import type { Sandbox } from '../topology/sandbox.ts'
import type { Lab, Undo } from './lab.ts'
import type { LabelledKernel } from './machine-conditions.ts'

type MachineRecord = NonNullable<Environment['machines']>[number]

interface Opened extends Machine {
  readonly record: MachineRecord
  readonly generator: Generator
  readonly unmet: UnmetNeeds
  readonly counterNames: readonly string[]
}

/**
 * @param scenario its paths say which kernel each is on
 * @param cpus this machine's, for those of each machine
 * @throws BenchError if one does not come up
 */
export async function openMachineLab(
  scenario: Scenario,
  kernels: readonly LabelledKernel[],
  objects: BpfObjects,
  cpus: readonly number[],
  undo: Undo,
): Promise<Lab> {
  const opening = kernels.map((kernel) => open(scenario, kernel, objects, cpus, undo))
  const works = [captureEnvironment(toolsOf(scenario)), ...opening] as const
  // Of several that fail, the first is told; what is open by then is closed.
  await Promise.allSettled(works)
  const environment = await works[0]
  const machines = await Promise.all(opening)
  const places = new Map(
    scenario.paths.map(({ name, kernel }) => [name, kernels.findIndex(({ label }) => label === kernel)]),
  )
  const placeOf = (path: string): number => places.get(path) ?? 0
  const generator = generatorsOf(
    machines.map((one) => one.generator),
    placeOf,
  )
  const [first] = machines
  return {
    sandbox: sandboxOf(
      machines.map(({ sandbox }) => sandbox),
      placeOf,
    ),
    generator,
    environment: {
      ...environment,
      kernel: machines.map(({ record }) => record.kernel).join(' and '),
      tools: { ...environment.tools, udpgen: generator.version },
      machines: machines.map(({ record }) => record),
    },
    unmetOf: ({ name }) => machines[placeOf(name)]?.unmet ?? new Map<string, string>(),
    counterNames: (first?.counterNames ?? []).filter((name) =>
      machines.every(({ counterNames }) => counterNames.includes(name)),
    ),
  }
}

async function open(
  scenario: Scenario,
  { label, kernel }: LabelledKernel,
  objects: BpfObjects,
  cpus: readonly number[],
  undo: Undo,
): Promise<Opened> {
  const files = [...objects.values()].flatMap((object) => (object.state === 'ready' ? [object.file] : []))
  const machine = await boot(kernel, label, guestNeeds(scenario), files, cpus)
  undo.push(machine.sandbox.close)
  const { sandbox, accelerator, pinnedTo, missingModules } = machine
  const own = scenario.paths.filter((path) => path.kernel === label)
  const unmet = await unmetNeeds(sandbox, own.flatMap(needsOf))
  const generator = await startGenerator(sandbox)
  undo.push(generator.stop)
  const [version = '', counters = ''] = await sandbox.run([
    {
      command: ['cat', '/proc/sys/kernel/osrelease', '/proc/sys/kernel/version'],
      what: 'ask the kernel its version',
    },
    { command: ['cat', ...counterFiles], what: 'read the names of counters' },
  ])
  return {
    ...machine,
    ...{ generator, unmet, counterNames: counterNamesIn(counters) },
    record: {
      ...{ name: label, kernel: version.trim().replaceAll('\n', ' '), image: kernel.image },
      ...{ accelerator, pinnedTo: [...pinnedTo], memoryMiB },
      config:
        kernel.config === undefined
          ? await ownConfig(sandbox)
          : kernelConfigValues(readFileSync(kernel.config, 'utf8')),
      missingModules: [...missingModules],
    },
  }
}

/** What the kernel itself says of its configuration (CONFIG_IKCONFIG_PROC). */
async function ownConfig(sandbox: Sandbox): Promise<MachineRecord['config']> {
  const asked = await sandbox.tryStep({
    command: ['base64', '/proc/config.gz'],
    what: 'read its configuration',
  })
  if (asked.state === 'failed') return null
  return kernelConfigValues(gunzipSync(Buffer.from(asked.stdout, 'base64')).toString())
}
