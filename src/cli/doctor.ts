/** `bench doctor`: whether this machine can, and what to do where it cannot. */
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import type { Command } from 'commander'
import { kernelCapabilities, missingCapabilities } from '../datapath/probe-kernel.ts'
import { type CapabilityName, capabilityNames } from '../host/capabilities.ts'
import { BenchError, exitCodes } from '../host/errors.ts'
import { inProject } from '../host/project.ts'
import { isInPath, tools } from '../host/tools.ts'
import { openSandbox } from '../topology/sandbox.ts'
import { print, styled } from './output.ts'
import { textTable } from './text-table.ts'

/** One thing that a run needs or profits from. */
interface Finding {
  readonly name: string
  readonly state: 'there' | 'missing' | 'unknown'
  readonly isRequired: boolean
  readonly why: string
  /** What to do where it is not there. */
  readonly remedy: string
}

/** Adds the command. */
export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .summary('check whether this machine can run scenarios')
    .description(
      'Tries each thing that a run needs: whether it is there, why it matters, and how to get it. Exits with 3 if `bench run redirect-vs-stack` could not work.',
    )
    .option('--json', 'print the findings as JSON')
    .action(async ({ json }: { json?: true }) => {
      const findings = [...toolFindings(), ...builtFindings(), ...(await kernelFindings()), ...hostFindings()]
      print(json === true ? JSON.stringify(findings, null, 2) : findingsTable(findings))
      const isFit = findings.every(({ state, isRequired }) => state === 'there' || !isRequired)
      if (!isFit) process.exitCode = exitCodes.machine
    })
}

const stateOf = (isThere: boolean): Finding['state'] => (isThere ? 'there' : 'missing')

function toolFindings(): Finding[] {
  return tools.map((tool) => ({
    name: tool.name,
    state: stateOf(isInPath(tool.name)),
    isRequired: tool.use !== 'some scenarios',
    why: tool.use === 'some scenarios' ? `${tool.why}, in scenarios that want it` : tool.why,
    remedy:
      'remedy' in tool
        ? tool.remedy
        : `sudo apt-get install ${tool.debianPackage} (or its like on other distributions); ./bench run does it`,
  }))
}

function builtFindings(): Finding[] {
  const remedy = 'sudo ./bench setup'
  return [
    { name: 'udpgen', file: inProject('build', 'udpgen'), why: 'the load generator' },
    {
      name: 'BPF objects',
      file: inProject('build', 'bpf', 'redirect.bpf.o'),
      why: 'the programs of the scenarios',
    },
  ].map(({ name, file, why }) => ({ name, why, remedy, isRequired: true, state: stateOf(existsSync(file)) }))
}

/** What redirect-vs-stack cannot do without. */
const neededByMainJob: ReadonlySet<CapabilityName> = new Set([
  'namespaces',
  'veth',
  'bpf',
  'tc-bpf',
  'run-counts',
])

async function kernelFindings(): Promise<Finding[]> {
  const missing = await probeKernel()
  return kernelCapabilities.map(({ name, why, remedy }) => {
    const reason = missing === 'no root' ? 'needs root to be tried: sudo ./bench doctor' : missing.get(name)
    return {
      name,
      state: missing === 'no root' ? 'unknown' : stateOf(reason === undefined),
      isRequired: neededByMainJob.has(name),
      why: neededByMainJob.has(name) ? why : `${why}; paths that need it are skipped without`,
      remedy: reason === undefined ? remedy : `${remedy} (${reason})`,
    }
  })
}

async function probeKernel(): Promise<ReadonlyMap<CapabilityName, string> | 'no root'> {
  if (process.getuid?.() !== 0) return 'no root'
  try {
    const sandbox = await openSandbox()
    try {
      return await missingCapabilities(sandbox, capabilityNames)
    } finally {
      await sandbox.close()
    }
  } catch (error) {
    if (!(error instanceof BenchError)) throw error
    return new Map(kernelCapabilities.map(({ name }) => [name, error.message]))
  }
}

function hostFindings(): Finding[] {
  return [
    {
      name: 'two CPUs',
      state: stateOf(availableParallelism() >= 2),
      isRequired: false,
      why: 'sender and receiver each spin on one; with one CPU receivers block, and latencies hold a context switch',
      remedy: 'give the machine a second CPU',
    },
  ]
}

function findingsTable(findings: readonly Finding[]): string {
  const mark = ({ state, isRequired }: Finding) => {
    if (state === 'there') return styled('green', 'there')
    return styled(isRequired ? 'red' : 'yellow', state)
  }
  return textTable(
    ['', 'state', 'what for', 'how to get it'].map((title) => ({ title, align: 'left' })),
    findings.map((one) => [one.name, mark(one), one.why, one.state === 'there' ? '' : one.remedy]),
  )
}
