/** Finds out what this kernel can, by doing it once in a sandbox. */
import { BenchError } from '../host/errors.ts'
import { OutOfProcesses } from '../host/process-room.ts'
import type { CapabilityName } from '../host/capabilities.ts'
import type { Command } from '../host/tool.ts'
import { type Sandbox, sandboxFolders } from '../topology/sandbox.ts'
import { loaderCommand, loadOrderText } from './loader.ts'
import { nopOrder } from './nop.ts'

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
    remedy: 'a kernel from 5.8 on, which has BPF_ENABLE_STATS; a container needs CAP_SYS_ADMIN',
  },
  {
    name: 'xdp-generic',
    why: 'XDP programs on any device',
    remedy: 'a kernel from 4.12 on',
  },
  {
    name: 'xdp-native',
    why: "XDP programs in a veth device's own receive path",
    remedy: 'a kernel from 4.19 on',
  },
  { name: 'bridge', why: 'segments that several hosts share', remedy: 'modprobe bridge (CONFIG_BRIDGE)' },
  {
    name: 'nftables',
    why: 'rules of netfilter, address translation among them',
    remedy: 'apt-get install nftables, modprobe nft_chain_nat (CONFIG_NF_TABLES, CONFIG_NFT_NAT)',
  },
  {
    name: 'kernel-btf',
    why: "programs that read the kernel's own structures (CO-RE)",
    remedy: 'a kernel with CONFIG_DEBUG_INFO_BTF',
  },
]

const pins = `${sandboxFolders.bpf}/probe`
const xdp = (hook: string): Command => [
  'ip',
  'link',
  'set',
  'dev',
  'probe0',
  hook,
  'pinned',
  `${pins}/nop_xdp`,
]
const natChain = '{ type nat hook prerouting priority dstnat; }'

const hasKernelBtf = `[ -r /sys/kernel/btf/vmlinux ] || { echo 'there is no /sys/kernel/btf/vmlinux' >&2; exit 1; }`

interface Trial {
  readonly name: CapabilityName
  readonly command: Command
  readonly input?: string
}

/** What each is tried with, in an order in which one builds on those before it. */
const trials: readonly Trial[] = [
  { name: 'veth', command: ['ip', 'link', 'add', 'probe0', 'type', 'veth', 'peer', 'name', 'probe1'] },
  { name: 'bpf', command: loaderCommand, input: loadOrderText([nopOrder(pins)]) },
  { name: 'run-counts', command: [...loaderCommand, 'stats'] },
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
      `${pins}/nop_tc`,
    ],
  },
  { name: 'xdp-generic', command: xdp('xdpgeneric') },
  { name: 'xdp-generic', command: ['ip', 'link', 'set', 'dev', 'probe0', 'xdpgeneric', 'off'] },
  { name: 'xdp-native', command: xdp('xdpdrv') },
  { name: 'bridge', command: ['ip', 'link', 'add', 'probe2', 'type', 'bridge'] },
  { name: 'nftables', command: ['nft', `table ip probe { chain nat ${natChain}; }`] },
  { name: 'kernel-btf', command: ['sh', '-c', hasKernelBtf] },
]
const undo: Partial<Record<CapabilityName, Command>> = {
  veth: ['ip', 'link', 'del', 'probe0'],
  bpf: ['rm', '-r', pins],
  bridge: ['ip', 'link', 'del', 'probe2'],
  nftables: ['nft', 'flush ruleset'],
}
const undoOf = (tried: typeof trials): Command[] =>
  [...new Set(tried.map(({ name }) => name))].flatMap((name) => {
    const command = undo[name]
    return command === undefined ? [] : [command]
  })

/** What every run needs, whatever its paths name. */
export const alwaysNeeded: ReadonlySet<CapabilityName> = new Set(['namespaces', 'veth', 'bpf', 'tc-bpf'])

/**
 * The capabilities that are missing, each with the reason in the words of the tool that was refused.
 *
 * @param wanted those to be tried, beside what every run needs
 * @throws BenchError `machine` where processes cannot be started
 */
export async function missingCapabilities(
  sandbox: Sandbox,
  wanted: readonly CapabilityName[],
): Promise<Map<CapabilityName, string>> {
  const missing = new Map<CapabilityName, string>()
  const tried = trials.filter(({ name }) => alwaysNeeded.has(name) || wanted.includes(name))
  // Most often all of it works, and costs one process.
  const undoing = undoOf(tried).map((command) => ({ command }))
  if ((await refusal(sandbox, [...tried, ...undoing])) === undefined) return missing
  for (const step of undoing) await refusal(sandbox, [step])
  for (const trial of tried) {
    const reason = await refusal(sandbox, [trial])
    if (reason !== undefined && !missing.has(trial.name)) missing.set(trial.name, reason)
  }
  for (const step of undoing) await refusal(sandbox, [step])
  return missing
}

/** Why one of the commands was refused, or undefined. */
async function refusal(
  sandbox: Sandbox,
  steps: readonly Pick<Trial, 'command' | 'input'>[],
): Promise<string | undefined> {
  try {
    await sandbox.run(steps.map(({ command, input = '' }) => ({ command, input, what: 'probe the kernel' })))
    return undefined
  } catch (error) {
    // Nothing is known of the kernel then.
    if (!(error instanceof BenchError) || error instanceof OutOfProcesses) throw error
    return error.message
  }
}
