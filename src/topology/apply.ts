/** Builds planned topologies in a sandbox, and takes them away. */
import { z } from 'zod'
import { builtProgram } from '../host/built.ts'
import { BenchError } from '../host/errors.ts'
import { parseAnswer } from '../host/tool.ts'
import { settingSteps } from './apply-settings.ts'
import { sysctlSteps } from './apply-sysctls.ts'
import type { NamespacePlan, TopologyPlan } from './plan.ts'
import type { Sandbox } from './sandbox.ts'
import type { Step } from './steps.ts'

/** A device as the kernel made it. */
export interface LiveDevice {
  readonly ifindex: number
  /** Empty where it has none, as WireGuard's devices. */
  readonly mac: string
}

/** The devices of a topology: by the scenario's name of their namespace, then by their own. */
export type LiveDevices = ReadonlyMap<string, ReadonlyMap<string, LiveDevice>>

/**
 * Builds a topology.
 *
 * @param path the name of the path it is for, named in errors.
 * @returns its devices.
 * @throws BenchError `failed`, naming the command that the kernel refused and its reason.
 */
export async function buildTopology(
  sandbox: Sandbox,
  plan: TopologyPlan,
  path: string,
): Promise<LiveDevices> {
  const { namespaces, createLines, createCalls, devices, configureCalls } = plan
  const whose = `path "${path}"`
  const first = [
    batch(createLines, `create the links of path "${path}"`),
    ...createCalls.map(({ link, ...call }) => ({ ...call, what: `create ${link} of path "${path}"` })),
    ...devices.map(({ namespace, file, links, lines }) =>
      batch(lines, `create ${links.join(', ')} in ${namespace} of path "${path}"`, file),
    ),
    ...configureCalls.map(({ link, ...call }) => ({ ...call, what: `set up ${link} of path "${path}"` })),
    ...namespaces.flatMap((namespace) => sysctlSteps(namespace, whose)),
  ]
  const setUp = namespaces.map((namespace) => setUpStep(namespace, whose))
  const last = [
    ...namespaces.flatMap((namespace) => [
      ...settingSteps(namespace, whose),
      ...blackholeSteps(namespace, path),
      ...nftablesSteps(namespace, path),
    ]),
    ...namespaces.filter(({ hasBridges }) => hasBridges).map((namespace) => awaitPorts(namespace, path)),
  ]
  const outputs = await runBatches(sandbox, [...first, ...setUp, ...last])
  return new Map(
    namespaces.map(({ namespace }, index) => [
      namespace,
      parseDevices(outputs[first.length + index] ?? '', `${namespace} of path "${path}"`),
    ]),
  )
}

const setUpStep = ({ namespace, file, ipLines }: NamespacePlan, whose: string): Step =>
  batch([...ipLines, 'link show'], `set up ${namespace} of ${whose}`, file)

/**
 * Sets up namespaces whose devices are there, with addresses, routes, neighbours and sysctls.
 *
 * @param then steps that come after
 * @throws BenchError `failed`, naming the command that the kernel refused and its reason.
 */
export async function setUpNamespaces(
  sandbox: Sandbox,
  plans: readonly NamespacePlan[],
  then: readonly Step[] = [],
): Promise<void> {
  const whose = 'all paths'
  const steps = plans.flatMap((plan) => [...sysctlSteps(plan, whose), setUpStep(plan, whose)])
  await runBatches(sandbox, [...steps, ...then])
}

/** The devices of a topology whose namespaces are there already. */
export async function readTopology(
  sandbox: Sandbox,
  { namespaces }: TopologyPlan,
  path: string,
): Promise<LiveDevices> {
  const outputs = await sandbox.run(
    namespaces.map(({ namespace, file }) => ({
      command: ['ip', '-json', 'link', 'show'],
      what: `read the devices of ${namespace} of path "${path}"`,
      namespaceFile: file,
    })),
  )
  return new Map(
    namespaces.map(({ namespace }, index) => [
      namespace,
      parseDevices(outputs[index] ?? '', `${namespace} of path "${path}"`),
    ]),
  )
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

/** `ip -batch` takes twenty times as long for them. */
const blackholeSteps = ({ namespace, file, blackholes }: NamespacePlan, path: string): Step[] =>
  blackholes.length === 0
    ? []
    : [
        {
          command: [builtProgram('blackholes')],
          input: `${blackholes.join('\n')}\n`,
          what: `add the routes that stand beside the scenario's in ${namespace} of path "${path}"`,
          namespaceFile: file,
        },
      ]

const nftablesSteps = ({ namespace, file, nftables }: NamespacePlan, path: string): Step[] =>
  nftables === ''
    ? []
    : [
        {
          command: ['nft', '-f', '-'],
          input: nftables,
          what: `load the nftables rules of ${namespace} of path "${path}"`,
          namespaceFile: file,
        },
      ]

/** The step that takes the topologies of paths away, and as much of them as there is. */
export const removalStep = (plans: readonly TopologyPlan[], paths: readonly string[]): Step => ({
  command: ['ip', '-force', '-batch', '-'],
  input: `${plans.flatMap(({ removeLines }) => removeLines).join('\n')}\n`,
  what: `remove the topologies of ${paths.join(', ')}`,
})

const batch = (lines: readonly string[], what: string, namespaceFile?: string): Step => ({
  command: ['ip', '-json', '-batch', '-'],
  input: `${lines.join('\n')}\n`,
  what,
  ...(namespaceFile === undefined ? {} : { namespaceFile }),
})

/** Runs steps of `ip -batch`; a failure names the line. */
async function runBatches(sandbox: Sandbox, steps: readonly Step[]): Promise<string[]> {
  try {
    return await sandbox.run(steps)
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

const devicesSchema = z.array(
  z.object({ ifname: z.string(), ifindex: z.int(), address: z.string().default('') }),
)

function parseDevices(json: string, where: string): ReadonlyMap<string, LiveDevice> {
  const devices = parseAnswer(json, 'ip', `read the devices of ${where}`, devicesSchema)
  return new Map(devices.map(({ ifname, ifindex, address }) => [ifname, { ifindex, mac: address }]))
}
