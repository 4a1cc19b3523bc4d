/** Finds out what this kernel can, by doing it once in a sandbox. */
import { release } from 'node:os'
import { BenchError } from '../host/errors.ts'
import type { CapabilityName } from '../host/capabilities.ts'
import { inProject } from '../host/project.ts'
import type { Command } from '../host/tool.ts'
import { type Sandbox, sandboxFolders } from '../topology/sandbox.ts'

export interface KernelCapability {
  readonly name: CapabilityName
  /** Why pathbench asks. */
  readonly why: string
  /** What to do where it is not there. */
  readonly remedy: string
}

export const kernelCapabilities: readonly KernelCapability[] = [
  {
    name: 'namespaces',
    why: 'client, router and server are network namespaces in a private sandbox',
    remedy: 'run as root, on a kernel with CONFIG_NET_NS and CONFIG_PID_NS; a container needs --privileged',
  },
  { name: 'veth', why: 'the links between them', remedy: 'load the module: modprobe veth (CONFIG_VETH)' },
  {
    name: 'bpf',
    why: 'programs are loaded into the kernel',
    remedy: 'a kernel with CONFIG_BPF_SYSCALL, without lockdown=confidentiality; a container needs CAP_BPF',
  },
  {
    name: 'tc-bpf',
    why: 'programs at TC ingress and egress',
    remedy: 'modprobe cls_bpf sch_ingress (CONFIG_NET_CLS_BPF, CONFIG_NET_SCH_INGRESS)',
  },
  {
    name: 'run-counts',
    why: 'proves that a program ran: the kernel counts its runs',
    remedy: 'a kernel from 5.8 on, which has BPF_ENABLE_STATS',
  },
]

const pin = `${sandboxFolders.bpf}/probe`

/** What each is tried with, in an order in which one builds on those before it. */
const trials: readonly { name: CapabilityName; command: Command }[] = [
  { name: 'veth', command: ['ip', 'link', 'add', 'probe0', 'type', 'veth', 'peer', 'name', 'probe1'] },
  { name: 'bpf', command: ['bpftool', 'prog', 'load', inProject('build', 'bpf', 'redirect.bpf.o'), pin] },
  { name: 'tc-bpf', command: ['tc', 'qdisc', 'add', 'dev', 'probe0', 'clsact'] },
  {
    name: 'tc-bpf',
    command: [
      'tc',
      'filter',
      'add',
      'dev',
      'probe0',
      'ingress',
      'bpf',
      'direct-action',
      'object-pinned',
      pin,
    ],
  },
]
const undo: readonly Command[] = [
  ['ip', 'link', 'del', 'probe0'],
  ['rm', pin],
]

/** The capabilities that are missing, each with the reason in the words of the tool that was refused. */
export async function missingCapabilities(sandbox: Sandbox): Promise<Map<CapabilityName, string>> {
  const missing = new Map<CapabilityName, string>()
  if (!hasRunCounts(release())) missing.set('run-counts', `kernel ${release()} is older than 5.8`)
  // Most often all of it works, and costs one process.
  const all = [...trials.map(({ command }) => command), ...undo]
  if ((await refusal(sandbox, all)) === undefined) return missing
  for (const command of undo) await refusal(sandbox, [command])
  for (const { name, command } of trials) {
    const reason = await refusal(sandbox, [command])
    if (reason !== undefined && !missing.has(name)) missing.set(name, reason)
  }
  for (const command of undo) await refusal(sandbox, [command])
  return missing
}

/** BPF_ENABLE_STATS came with kernel 5.8. @param kernel as `uname -r` prints it */
function hasRunCounts(kernel: string): boolean {
  const [major = 0, minor = 0] = kernel.split('.').map(Number)
  return major > 5 || (major === 5 && minor >= 8)
}

/** Why one of the commands was refused, or undefined. */
async function refusal(sandbox: Sandbox, commands: readonly Command[]): Promise<string | undefined> {
  try {
    await sandbox.run(commands.map((command) => ({ command, what: 'probe the kernel' })))
    return undefined
  } catch (error) {
    if (error instanceof BenchError) return error.message
    throw error
  }
}
