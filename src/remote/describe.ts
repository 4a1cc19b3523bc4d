/** What the record says of another host, and of devices that are not made for the run. */
import { conditionFiles, conditionsOf, vulnerabilitiesFolder } from '../host/conditions.ts'
import { deviceSettingsCommand, readDeviceSettings } from '../host/device-settings.ts'
import { hostName } from '../host/host-name.ts'
import { type Command, runTool, tryTool } from '../host/tool.ts'
import { devicesOf } from '../scenario/check.ts'
import type { Topology } from '../scenario/schema.ts'
import { fileOfReference, hostOfNamespace } from '../topology/existing.ts'
import { madeFileSeen } from '../topology/made-namespaces.ts'
import type { RemoteSandbox, Sandbox, SandboxParts } from '../topology/sandbox.ts'

const showFiles = `echo '== machine'
uname -m
for file; do
  if [ -r "$file" ]; then printf '\\n== %s\\n' "$file"; cat "$file"; fi
done
:`

/** As Node calls architectures. */
const architectures = new Map([
  ['x86_64', 'x64'],
  ['aarch64', 'arm64'],
])

/** The host, as the record has a machine. @throws BenchError `failed` where nothing can be read there */
export async function describeHost({ host, outside, roundTrips }: RemoteSandbox) {
  const words = `set -- "$@" ${vulnerabilitiesFolder}/*\n${showFiles}`
  const command = outside([
    ...(['sh', '-c', words, 'show', '/proc/sys/kernel/hostname', '/proc/meminfo'] as const),
    ...conditionFiles,
  ])
  const text = await roundTrips.wait(runTool({ command, what: `look at host "${host}"` }))
  const files = new Map(
    text
      .split(/^== /m)
      .map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1).trim()] as const),
  )
  const read = (file: string): string => files.get(file) ?? ''
  const names = [...files.keys()].flatMap((file) => file.split(`${vulnerabilitiesFolder}/`)[1] ?? [])
  const cpus = read('/proc/cpuinfo')
  const machine = read('machine')
  const own = hostName({}, read('/proc/sys/kernel/hostname'))
  return {
    name: host,
    ...(own === undefined ? {} : { host: own }),
    ...conditionsOf(read, names),
    architecture: architectures.get(machine) ?? machine,
    cpuModel: /^model name\s*:\s*(.+)$/m.exec(cpus)?.[1] ?? 'unknown',
    cpuCount: [...cpus.matchAll(/^processor\s*:/gm)].length,
    memoryBytes: 1024 * Number(/^MemTotal:\s*(\d+) kB/m.exec(read('/proc/meminfo'))?.[1] ?? 0),
  }
}

/** Settings of the devices that scenarios name, by `namespace/device`; those that nothing is told of are left out. */
export async function describeDevices(
  sandbox: Sandbox & { readonly parts: SandboxParts },
  topology: Topology,
): Promise<Record<string, Record<string, string>>> {
  const { local, remote } = sandbox.parts
  const described = await Promise.all(
    [...devicesOf(topology)].map(async ([name, devices]) => {
      const { existing, host } = topology.namespaces[name] ?? {}
      const [part, away] = host === undefined ? ([local, undefined] as const) : ([remote, remote] as const)
      const there = hostOfNamespace(sandbox, topology.namespaces[name]!)
      const file = existing === undefined ? madeFileSeen(part, name) : await fileOfReference(existing, there)
      const asking = tryTool(there.outside(inNamespace(file, devices)))
      const { stdout } = await (away === undefined ? asking : away.roundTrips.wait(asking))
      return [...readDeviceSettings(stdout)].map(
        ([device, settings]) => [`${name}/${device}`, settings] as const,
      )
    }),
  )
  return Object.fromEntries(described.flat().filter(([, settings]) => Object.keys(settings).length > 0))
}

const inNamespace = (file: string, devices: readonly string[]): Command => [
  'nsenter',
  `--net=${file}`,
  '--',
  ...deviceSettingsCommand('/sys', devices),
]
