/** What machine a run ran on: everything that is known to move results. */
import { readdirSync } from 'node:fs'
import { arch, cpus, release, totalmem } from 'node:os'
import { execa } from 'execa'
import { hostName } from './host-name.ts'
import { readIfThere } from './kernel-file.ts'
import { projectVersion } from './project.ts'
import type { ToolName } from './tools.ts'

/** Settings of the network stack that move results. */
const sysctlNames = [
  'net.core.bpf_jit_enable',
  'net.core.bpf_jit_harden',
  'net.core.default_qdisc',
  'net.core.netdev_budget',
  'net.core.netdev_max_backlog',
  'net.core.rmem_max',
  'net.core.wmem_max',
  'kernel.unprivileged_bpf_disabled',
]

/** How each tool is asked for its version; what it prints first that looks like one is taken. */
const versionCommands: Readonly<Record<string, readonly [string, ...string[]]>> = {
  iproute2: ['ip', '-V'],
  bpftool: ['bpftool', 'version'],
  clang: ['clang', '--version'],
}

/** Of the tools that only some scenarios call, those whose version may move results. */
const scenarioVersionCommands: Readonly<Partial<Record<ToolName, readonly [string, ...string[]]>>> = {
  nft: ['nft', '--version'],
  nginx: ['nginx', '-v'],
  h2load: ['h2load', '--version'],
}

/**
 * Captures this machine's environment. Never throws: what the kernel does not say is left out.
 *
 * @param called tools that the run calls beyond those of every run
 */
export async function captureEnvironment(called: readonly ToolName[]) {
  const cpuInfo = cpus()
  const commands = [
    ...Object.entries(versionCommands),
    ...called.flatMap((name) => {
      const command = scenarioVersionCommands[name]
      return command === undefined ? [] : [[name, command] as const]
    }),
  ]
  const host = hostName()
  const microcode = /^microcode\s*:\s*(\S+)/m.exec(readIfThere('/proc/cpuinfo'))?.[1]
  return {
    ...(host === undefined ? {} : { host }),
    kernel: `${release()} ${readIfThere('/proc/sys/kernel/version')}`,
    distribution: /^PRETTY_NAME="?([^"\n]*)/m.exec(readIfThere('/etc/os-release'))?.[1] ?? 'unknown',
    architecture: arch(),
    cpuModel: cpuInfo[0]?.model ?? 'unknown',
    cpuCount: cpuInfo.length,
    ...(microcode === undefined ? {} : { microcode }),
    hypervisor: hypervisor(),
    clockSource: readIfThere('/sys/devices/system/clocksource/clocksource0/current_clocksource') || 'unknown',
    governor: readIfThere('/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor') || null,
    memoryBytes: totalmem(),
    mitigations: readMitigations(),
    sysctls: Object.fromEntries(
      sysctlNames
        .map((name) => [name, readIfThere(`/proc/sys/${name.replaceAll('.', '/')}`)] as const)
        .filter(([, value]) => value !== ''),
    ),
    tools: {
      pathbench: projectVersion(),
      node: process.versions.node,
      ...Object.fromEntries(
        await Promise.all(commands.map(async ([name, command]) => [name, await versionOf(command)] as const)),
      ),
    },
  }
}

async function versionOf([file, ...commandArguments]: readonly [string, ...string[]]): Promise<string> {
  const { stdout, stderr } = await execa(file, commandArguments, { reject: false })
  return /\d+(\.\d+)+/.exec(`${stdout} ${stderr}`)?.[0] ?? 'not found'
}

function hypervisor(): string | null {
  if (!/\bhypervisor\b/.test(readIfThere('/proc/cpuinfo'))) return null
  return readIfThere('/sys/hypervisor/type') || readIfThere('/sys/class/dmi/id/sys_vendor') || 'unknown'
}

function readMitigations(): Record<string, string> {
  const folder = '/sys/devices/system/cpu/vulnerabilities'
  try {
    return Object.fromEntries(readdirSync(folder).map((name) => [name, readIfThere(`${folder}/${name}`)]))
  } catch {
    return {}
  }
}
