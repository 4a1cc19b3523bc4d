/** Builds planned topologies in a sandbox, and takes them away. */
import { BenchError } from '../host/errors.ts'
import type { NamespacePlan, TopologyPlan } from './plan.ts'
import type { Sandbox } from './sandbox.ts'
import type { Step } from './steps.ts'

/** A device as the kernel made it. */
export interface LiveDevice {
  readonly ifindex: number
  readonly mac: string
}

/**
 * Builds a topology.
 *
 * @param path the name of the path it is for, named in errors.
 * @throws BenchError `failed`, naming the command that the kernel refused and its reason.
 */
export async function buildTopology(sandbox: Sandbox, plan: TopologyPlan, path: string): Promise<void> {
  await runBatches(sandbox, [
    batch(plan.createLines, `create the links of path "${path}"`),
    ...plan.namespaces.flatMap((namespace) => setUpNamespace(namespace, path)),
    ...plan.namespaces.filter(({ hasBridges }) => hasBridges).map((namespace) => awaitPorts(namespace, path)),
  ])
}

// A bridge forwards by a port once the kernel's link watch has seen its carrier, a moment after both ends
// are up (net/core/link_watch.c). What is lost until then is asked for again only a second later (ARP).
const untilPortsAreUp = `tries=1000
while ip -brief link show type bridge_slave | grep -qv ' UP '; do
  tries=$((tries - 1))
  if [ $tries = 0 ]; then echo 'a port has no carrier' >&2; exit 1; fi
done`

const awaitPorts = ({ namespace, file }: NamespacePlan, path: string): Step => ({
  command: ['sh', '-c', untilPortsAreUp],
  what: `wait for the bridges in ${namespace} of path "${path}"`,
  namespaceFile: file,
})

function setUpNamespace(
  { namespace, file, sysctls, ipLines, offloads, nftables }: NamespacePlan,
  path: string,
): Step[] {
  const where = `${namespace} of path "${path}"`
  return [
    ...(sysctls.length === 0 ? [] : [writeSysctls(sysctls, `set the sysctls of ${where}`, file)]),
    batch(ipLines, `set up ${where}`, file),
    ...offloads.map(([device = '', ...features]): Step => ({
      command: ['ethtool', '-K', device, ...features],
      what: `switch offloads of ${device} in ${where}`,
      namespaceFile: file,
    })),
    ...(nftables === ''
      ? []
      : ([
          {
            command: ['nft', '-f', '-'],
            input: nftables,
            what: `load the nftables rules of ${where}`,
            namespaceFile: file,
          },
        ] satisfies Step[])),
  ]
}

/** The step that takes a topology away. */
export function removalStep(plan: TopologyPlan, path: string): Step {
  return batch(plan.removeLines, `remove the topology of path "${path}"`)
}

const batch = (lines: readonly string[], what: string, namespaceFile?: string): Step => ({
  command: ['ip', '-batch', '-'],
  input: `${lines.join('\n')}\n`,
  what,
  ...(namespaceFile === undefined ? {} : { namespaceFile }),
})

// The shell names the file that it could not write.
const writeSysctls = (
  sysctls: TopologyPlan['namespaces'][number]['sysctls'],
  what: string,
  namespaceFile: string,
): Step => ({
  command: ['sh', '-c', 'while read -r value file; do echo "$value" >"$file" || exit 1; done'],
  input: sysctls.map(({ file, value }) => `${value} ${file}\n`).join(''),
  what,
  namespaceFile,
})

/** Runs steps of `ip -batch`; a failure names the line. */
async function runBatches(sandbox: Sandbox, steps: readonly Step[]): Promise<void> {
  try {
    await sandbox.run(steps)
  } catch (error) {
    if (!(error instanceof BenchError)) throw error
    // ip(8) ends with `Command failed -:3`: the number of the line.
    const failed = steps.find(({ what }) => error.message.startsWith(`Could not ${what}:`))
    const line =
      failed?.input?.split('\n')[Number(/Command failed -:(\d+)/.exec(error.details ?? '')?.[1]) - 1]
    if (line === undefined) throw error
    throw new BenchError(`${error.message} (ip ${line})`, { trouble: error.trouble, cause: error })
  }
}

/** The devices of built namespaces: by namespace file, then by name. */
export async function readDevices(
  sandbox: Sandbox,
  namespaceFiles: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, LiveDevice>>> {
  const outputs = await sandbox.run(
    namespaceFiles.map((namespaceFile) => ({
      command: ['ip', '-j', 'link', 'show'],
      what: `read the devices of ${namespaceFile}`,
      namespaceFile,
    })),
  )
  return new Map(namespaceFiles.map((file, index) => [file, parseDevices(outputs[index] ?? '[]')]))
}

function parseDevices(json: string): ReadonlyMap<string, LiveDevice> {
  const devices = JSON.parse(json) as { ifname: string; ifindex: number; address: string }[]
  return new Map(devices.map(({ ifname, ifindex, address }) => [ifname, { ifindex, mac: address }]))
}
