/** What a kernel tells of itself and its machine by files, wherever these were read. Pure. */

/** Settings of the network stack that move results. */
const sysctlNames = [
  'net.core.bpf_jit_enable',
  'net.core.bpf_jit_harden',
  'net.core.default_qdisc',
  'net.core.netdev_budget',
  'net.core.netdev_max_backlog',
  'net.core.rmem_max',
  'net.core.wmem_max',
  'net.ipv4.tcp_congestion_control',
  'kernel.unprivileged_bpf_disabled',
]

const fileOfSysctl = (name: string): string => `/proc/sys/${name.replaceAll('.', '/')}`

const files = {
  release: '/proc/sys/kernel/osrelease',
  version: '/proc/sys/kernel/version',
  distribution: '/etc/os-release',
  cpus: '/proc/cpuinfo',
  clockSource: '/sys/devices/system/clocksource/clocksource0/current_clocksource',
  governor: '/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor',
  hypervisor: '/sys/hypervisor/type',
  vendor: '/sys/class/dmi/id/sys_vendor',
}

/** The folder of what the kernel says of its CPU's vulnerabilities, a file each. */
export const vulnerabilitiesFolder = '/sys/devices/system/cpu/vulnerabilities'

/** All other files that are read. */
export const conditionFiles = [...Object.values(files), ...sysctlNames.map(fileOfSysctl)]

/**
 * @param read gives the text of a file, trimmed, or nothing where there is none
 * @param vulnerabilities the names of files in their folder
 */
export function conditionsOf(read: (file: string) => string, vulnerabilities: readonly string[]) {
  const microcode = /^microcode\s*:\s*(\S+)/m.exec(read(files.cpus))?.[1]
  return {
    kernel: `${read(files.release)} ${read(files.version)}`,
    distribution: /^PRETTY_NAME="?([^"\n]*)/m.exec(read(files.distribution))?.[1] ?? 'unknown',
    ...(microcode === undefined ? {} : { microcode }),
    hypervisor: hypervisor(read),
    clockSource: read(files.clockSource) || 'unknown',
    governor: read(files.governor) || null,
    mitigations: Object.fromEntries(
      vulnerabilities.map((name) => [name, read(`${vulnerabilitiesFolder}/${name}`)]),
    ),
    sysctls: Object.fromEntries(
      sysctlNames
        .map((name) => [name, read(fileOfSysctl(name))] as const)
        .filter(([, value]) => value !== ''),
    ),
  }
}

function hypervisor(read: (file: string) => string): string | null {
  if (!/\bhypervisor\b/.test(read(files.cpus))) return null
  return read(files.hypervisor) || read(files.vendor) || 'unknown'
}
