/** What `bench doctor` finds: each thing that runs need or profit from, and what it costs where it is missing. */
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { type UnmetNeeds, unmetNeeds } from '../../datapath/probe-kernel.ts'
import { builtObject, builtProgram } from '../../host/built.ts'
import { BenchError } from '../../host/errors.ts'
import { openFilesLimit, openFilesNeeded } from '../../host/open-files.ts'
import { hasKvm } from '../../host/kvm.ts'
import { isPackage } from '../../host/project.ts'
import { isInPath, type Tool, tools } from '../../host/tools.ts'
import type { Need } from '../../parts/needs/need.ts'
import { needs } from '../../parts/needs/needs.ts'
import { lossesOf, lossText } from '../../scenario/loss.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { openSandbox } from '../../topology/sandbox.ts'

/** One thing that a run needs or profits from. */
export interface HostCheck {
  readonly name: string
  readonly state: 'there' | 'missing' | 'unknown'
  /** Whether the main job cannot run without it. */
  readonly isRequired: boolean
  readonly why: string
  /** What its absence costs. */
  readonly cost: string
  /** What to do where it is not there. */
  readonly remedy: string
}

/** The scenario that a first user runs. */
export const mainScenario = 'redirect-vs-stack'

/** Tries everything. @param scenarios those that come with pathbench */
export async function checkAll(scenarios: readonly Scenario[]): Promise<HostCheck[]> {
  const built = builtChecks()
  const isBuilt = built.every(({ state }) => state === 'there')
  return [
    ...tools.map((tool) => toolCheck(tool, scenarios, isBuilt)),
    ...built,
    ...(await kernelChecks(scenarios, isBuilt)),
    ...hostChecks(),
  ]
}

const stateOf = (isThere: boolean): HostCheck['state'] => (isThere ? 'there' : 'missing')

const nothingRuns = 'no scenario can run'
const noOtherKernels = 'nothing but --kernel, --base-kernel and --head-kernel'

/** What the absence of something costs that only some scenarios want. */
const costFor = (name: string, scenarios: readonly Scenario[]): string =>
  lossText(lossesOf([name], scenarios)) || 'nothing, but for scenarios of your own that want it'

function toolCheck(tool: Tool, scenarios: readonly Scenario[], isBuilt: boolean): HostCheck {
  const costs = {
    always: nothingRuns,
    'some scenarios': costFor(tool.name, scenarios),
    'other kernels': noOtherKernels,
    building: isBuilt
      ? `nothing${isPackage ? '' : ' until sources change'}${tool.name === 'make' ? '' : '; a .bpf.c of your own cannot be compiled'}`
      : `${nothingRuns}, as nothing is built yet`,
  }
  return {
    name: tool.name,
    state: stateOf(isInPath(tool.name)),
    isRequired: tool.use === 'always' || (tool.use === 'building' && !isBuilt),
    why: tool.use === 'some scenarios' ? `${tool.why}, in scenarios that want it` : tool.why,
    cost: costs[tool.use],
    remedy:
      tool.remedy ??
      `sudo apt-get install ${tool.debianPackage} (or its like on other distributions); ./bench run does it`,
  }
}

function builtChecks(): HostCheck[] {
  return [
    { name: 'udpgen', file: builtProgram('udpgen'), why: 'the load generator' },
    {
      name: 'BPF objects',
      file: builtObject('redirect.bpf.o'),
      why: 'the programs of the scenarios',
    },
  ].map(({ name, file, why }) => ({
    name,
    why,
    cost: nothingRuns,
    remedy: 'sudo ./bench setup',
    isRequired: true,
    state: stateOf(existsSync(file)),
  }))
}

async function kernelChecks(scenarios: readonly Scenario[], isBuilt: boolean): Promise<HostCheck[]> {
  const unmet = await probeKernel(isBuilt)
  return needs.map((need) => kernelCheck(need, unmet, scenarios))
}

/** Why a kernel is not tried, and what to do. */
type Untried = 'no root' | 'nothing built'

const untriedWords: Readonly<Record<Untried, string>> = {
  'no root': 'needs root to be tried: sudo ./bench doctor',
  'nothing built': 'nothing is built yet to try it with: ./bench setup',
}

/** @param unmet needs that a kernel does not meet, with its reasons */
export function kernelCheck(
  { name, why, remedy, isAlways }: Need,
  unmet: UnmetNeeds | Untried,
  scenarios: readonly Scenario[],
): HostCheck {
  const isUntried = typeof unmet === 'string'
  const reason = isUntried ? untriedWords[unmet] : unmet.get(name)
  const stopsMainJob = lossesOf([name], scenarios).some(
    ({ scenario, lost }) => scenario === mainScenario && lost === 'the run',
  )
  return {
    name,
    state: isUntried ? 'unknown' : stateOf(reason === undefined),
    isRequired: isAlways || stopsMainJob,
    why,
    cost: isAlways ? nothingRuns : costFor(name, scenarios),
    remedy: reason === undefined ? remedy : `${remedy} (${reason})`,
  }
}

async function probeKernel(isBuilt: boolean): Promise<UnmetNeeds | Untried> {
  if (process.getuid?.() !== 0) return 'no root'
  if (!isBuilt) return 'nothing built'
  try {
    const sandbox = await openSandbox()
    try {
      return await unmetNeeds(
        sandbox,
        needs.map(({ name }) => name),
      )
    } finally {
      await sandbox.close()
    }
  } catch (error) {
    if (!(error instanceof BenchError)) throw error
    return new Map(needs.map(({ name }) => [name, error.message]))
  }
}

function hostChecks(): HostCheck[] {
  return [
    {
      name: 'open files',
      state: stateOf(openFilesLimit() >= openFilesNeeded),
      isRequired: true,
      why: `${openFilesNeeded} files open at a time, for pipes and sockets`,
      cost: nothingRuns,
      remedy: 'ulimit -n 1024',
    },
    {
      name: 'two CPUs',
      state: stateOf(availableParallelism() >= 2),
      isRequired: false,
      why: 'sender and receiver each spin on one',
      cost: 'receivers block, and latencies hold a context switch',
      remedy: 'give the machine a second CPU',
    },
    {
      name: 'KVM',
      state: stateOf(hasKvm()),
      isRequired: false,
      why: 'runs other kernels on this processor (--kernel)',
      cost: 'they are emulated: counts and proofs hold, timings mean nothing and get no verdict',
      remedy:
        'a machine with /dev/kvm: a physical one, or a virtual one that may nest; modprobe kvm_intel or kvm_amd',
    },
  ]
}
