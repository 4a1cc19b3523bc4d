/**
 * Settings of network devices that move results, by name and value: one script that asks ethtool(8) and sysfs, and what it
 * says. What a device or the machine does not tell is left out.
 */

/** As `ethtool` shows the parts that are asked for, with its option for each. */
const parts = {
  driver: '-i',
  ring: '-g',
  coalescing: '-c',
  channels: '-l',
  rss: '-x',
  offload: '-k',
  timestamping: '-T',
  pause: '-a',
  flag: '--show-priv-flags',
} as const

// sysfs shows the devices of the namespace that it is mounted in: on the folder $1. A device of virtio has its interrupts
// one above.
const script = `mount -t sysfs sysfs "$1" || exit
sys=$1/class/net
shift
for device; do
  printf '@ %s\\n# file\\n' "$device"
  for name in speed threaded gro_flush_timeout napi_defer_hard_irqs device/numa_node device/current_link_speed device/current_link_width; do
    if value=$(cat "$sys/$device/$name" 2>/dev/null); then printf '%s: %s\\n' "$name" "$value"; fi
  done
  if driver=$(readlink "$sys/$device/device/driver"); then printf 'driver: %s\\n' "\${driver##*/}"; fi
  echo '# irq'
  for irq in "$sys/$device"/device/msi_irqs/* "$sys/$device"/device/../msi_irqs/*; do
    if cpus=$(cat "/proc/irq/\${irq##*/}/smp_affinity_list" 2>/dev/null); then printf '%s: %s\\n' "\${irq##*/}" "$cpus"; fi
  done
  ${Object.entries(parts)
    .map(([name, option]) => `echo '# ${name}'; ethtool ${option} "$device" 2>/dev/null`)
    .join('\n  ')}
done
:`

/** The command, to be run in the devices' namespace and with mounts of its own. @param folder one to mount sysfs on */
export const deviceSettingsCommand = (folder: string, devices: readonly string[]) =>
  ['unshare', '--mount', 'sh', '-c', script, 'settings', folder, ...devices] as const

/** What the command wrote: for each device its settings by name. */
export function readDeviceSettings(text: string): Map<string, Record<string, string>> {
  return new Map(
    text
      .split(/^@ /m)
      .slice(1)
      .map((part) => {
        const end = part.indexOf('\n')
        return [part.slice(0, end), settingsOf(part.slice(end + 1))] as const
      }),
  )
}

function settingsOf(text: string): Record<string, string> {
  const sections = new Map(
    text
      .split(/^# /m)
      .slice(1)
      .map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1)] as const),
  )
  const section = (name: string): string => sections.get(name) ?? ''
  return Object.fromEntries([
    ...pairs(section('driver')).flatMap(([key, value]) => driverNames.get(key)?.(value) ?? []),
    ...pairs(section('file')).flatMap(([key, value]) =>
      value === '-1' ? [] : [[fileNames.get(key) ?? key, value] as const],
    ),
    ...current(section('ring')).map(named('ring')),
    ...pairs(section('coalescing').replace(/ {2,}(?=TX:)/g, '\nAdaptive ')).map(named('coalescing')),
    ...current(section('channels')).map(named('channels')),
    ...rss(section('rss')),
    ...offloads(section('offload')),
    ...timestamping(section('timestamping')),
    ...pairs(section('pause')).map(named('pause')),
    ...pairs(section('flag')).map(named('flag')),
    ...irqs(section('irq')),
  ])
}

type Pair = readonly [name: string, value: string]

const driverNames = new Map<string, (value: string) => Pair[]>([
  ['driver', (value) => [['driver', value]]],
  ['firmware-version', (value) => [['firmware', value]]],
])

const fileNames = new Map([
  ['speed', 'speed Mb/s'],
  ['threaded', 'threaded polling'],
  ['device/numa_node', 'NUMA node'],
  ['device/current_link_speed', 'PCIe link speed'],
  ['device/current_link_width', 'PCIe link width'],
])

const named =
  (what: string) =>
  ([name, value]: Pair): Pair => [`${what} ${name}`, value]

/** Lines `name: value`, but for those without a value. */
const pairs = (text: string): Pair[] =>
  text.split('\n').flatMap((line) => {
    const [, name = '', value = ''] = /^\s*(.+?)\s*:\s*(.*?)\s*$/.exec(line) ?? []
    return name === '' || value === '' || value === 'n/a' ? [] : [[name, value] as const]
  })

/** What comes after the most that the device can. */
const current = (text: string): Pair[] => pairs(text.slice(text.indexOf('Current hardware settings:') + 26))

/** Whether queues take turns in the table of RSS, or which entries they have; and by which key and function. */
function rss(text: string): Pair[] {
  const queues = /with (\d+) RX ring/.exec(text)?.[1]
  const entries = [...text.matchAll(/^\s*\d+:((?:\s+\d+)+)\s*$/gm)].flatMap(([, row = '']) =>
    row.trim().split(/\s+/),
  )
  const isEven = entries.every((queue, index) => Number(queue) === index % Number(queues))
  const key = /^([0-9a-f]{2}(?::[0-9a-f]{2}){7,})$/m.exec(text)?.[1]
  const functions = pairs(text.slice(Math.max(0, text.indexOf('RSS hash function:')))).filter(
    ([, value]) => value === 'on',
  )
  if (queues === undefined) return []
  return [
    ['RSS queues', queues],
    ...(entries.length === 0 ? [] : ([['RSS table', isEven ? 'in turn' : entries.join(' ')]] as const)),
    ...(key === undefined ? [] : ([['RSS key', key]] as const)),
    ...(functions.length === 0
      ? []
      : ([['RSS function', functions.map(([name]) => name).join(', ')]] as const)),
  ]
}

/** Those that can be switched, and those that are on for good. */
const offloads = (text: string): Pair[] =>
  pairs(text)
    .filter(([, value]) => /^(on|off)\b/.test(value) && value !== 'off [fixed]')
    .map(([name, value]) => [`offload ${name}`, value.replace(' [fixed]', '')])

function timestamping(text: string): Pair[] {
  const clock = /^(?:PTP Hardware Clock|Hardware timestamp provider index):\s*(\S+)/m.exec(text)?.[1]
  const kinds = [...text.matchAll(/^\s+(hardware-\S+)/gm)].flatMap(([, kind]) => kind ?? [])
  return [
    ...(clock === undefined ? [] : ([['PTP clock', clock]] as const)),
    ...(kinds.length === 0 ? [] : ([['timestamps', kinds.join(', ')]] as const)),
  ]
}

/** Numbers of interrupts are others at every boot: their CPUs are told in their order. */
function irqs(text: string): Pair[] {
  const cpus = pairs(text)
    .toSorted(([one], [other]) => Number(one) - Number(other))
    .map(([, value]) => value)
  return cpus.length === 0 ? [] : [['IRQ affinity', cpus.join('; ')]]
}
