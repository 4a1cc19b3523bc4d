/** `bench doctor --host`: whether another host can be a device under test, and which of its devices. */
import { allOf } from '../../host/all-of.ts'
import { unmetNeeds } from '../../datapath/probe-kernel.ts'
import { deviceSettingsCommand, readDeviceSettings } from '../../host/device-settings.ts'
import { BenchError } from '../../host/errors.ts'
import { runTool, tryTool } from '../../host/tool.ts'
import { needs, needsOfLoad } from '../../parts/needs/needs.ts'
import { describeHost } from '../../remote/describe.ts'
import { openRemoteSandbox, type OpenRemoteSandbox } from '../../remote/remote-sandbox.ts'
import { hindrances } from '../../remote/require-free.ts'
import type { SshHost } from '../../remote/ssh.ts'
import { findScenario } from '../../scenario/find.ts'
import { loadScenario } from '../../scenario/load.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { lookCommand, type MachineLook, readLook } from '../../topology/machine-look.ts'
import { madeNamespaces } from '../../topology/made-namespaces.ts'
import { managementDevices } from '../../topology/spared-devices.ts'
import { type HostCheck, kernelCheck } from './doctor-checks.ts'

/** A device of the host. */
export interface HostDevice {
  readonly device: string
  readonly isUp: boolean
  readonly driver: string | undefined
  /** As the kernel has it. */
  readonly speedMbps: number | undefined
  /** The namespace of the scenario that names it. */
  readonly namespace: string | undefined
  /** Whether ssh comes in by it, or the host is reached by it in another way. */
  readonly isManagement: boolean
  /** Why it is not used, or cannot be moved. */
  readonly hindrance: string | undefined
}

export interface HostChecks {
  readonly host: Awaited<ReturnType<typeof describeHost>>
  readonly checks: readonly HostCheck[]
  readonly devices: readonly HostDevice[]
}

/** A host as the command line names it: one of a scenario's, or where ssh leads. @throws BenchError `usage` */
export function namedHost(name: string, scenarioName: string | undefined) {
  if (scenarioName === undefined) {
    if (/^[^\s-]\S*$/.test(name)) return { host: { name, ssh: name }, scenario: undefined }
    throw new BenchError(`Could not read --host ${name}: what ssh takes, as in root@192.0.2.7`, {
      trouble: 'usage',
    })
  }
  const scenario = loadScenario(findScenario(scenarioName))
  const host = scenario.hosts.find((one) => one.name === name)
  if (host !== undefined) return { host, scenario }
  throw new BenchError(`Could not find host "${name}" in ${scenario.name}`, {
    trouble: 'usage',
    hint: `it has: ${scenario.hosts.map((one) => one.name).join(', ') || 'no hosts'}; without the scenario, --host takes what ssh takes`,
  })
}

/**
 * Reaches a host, and tries all of it.
 *
 * @param scenarios those that come with pathbench
 * @throws BenchError `machine` where it cannot be reached, or lacks what everything needs
 */
export async function findOnHost(
  host: SshHost,
  scenario: Scenario | undefined,
  scenarios: readonly Scenario[],
): Promise<HostChecks> {
  const remote = await openRemoteSandbox(host)
  try {
    const look = await lookThere(remote)
    const [described, tools, unmet, devices] = await allOf([
      describeHost(remote),
      toolFindings(remote),
      unmetNeeds(
        { ...remote, parts: { local: remote, remote } },
        ofPaths.map(({ name }) => name),
      ),
      devicesThere(remote, look, scenario),
    ])
    const kernel = ofPaths.map((need) => kernelCheck(need, unmet, scenarios))
    return { host: described, checks: [...tools, ...kernel], devices }
  } finally {
    await remote.close()
  }
}

async function lookThere(remote: OpenRemoteSandbox): Promise<MachineLook> {
  const what = `look at the devices of host "${remote.host}"`
  const command = remote.outside(lookCommand({ devices: [], peer: remote.connection.client }))
  return readLook(await runTool({ command, what }), what)
}

/** What paths need that lead over it; load comes from elsewhere. */
const ofPaths = needs.filter(({ name }) => !needsOfLoad.has(name))

/** Those that only some want: without the others nothing could have been opened. */
const optionalTools = [
  {
    name: 'nft',
    why: 'loads rules of netfilter',
    cost: 'paths with rules on the host cannot run',
    remedy: 'install nftables there',
  },
  {
    name: 'ethtool',
    why: 'tells settings of devices',
    cost: 'the record lacks rings, coalescing, RSS and offloads',
    remedy: 'install ethtool there',
  },
] as const

async function toolFindings({ outside }: OpenRemoteSandbox): Promise<HostCheck[]> {
  const look = 'for tool; do command -v "$tool"; done; :'
  const { stdout } = await tryTool(
    outside(['sh', '-c', look, 'look', ...optionalTools.map(({ name }) => name)]),
  )
  const there = new Set(stdout.split('\n').map((file) => file.split('/').at(-1)))
  return optionalTools.map((tool) => ({
    ...tool,
    isRequired: false,
    state: there.has(tool.name) ? 'there' : 'missing',
  }))
}

async function devicesThere(
  { host, outside, connection }: OpenRemoteSandbox,
  look: MachineLook,
  scenario: Scenario | undefined,
): Promise<HostDevice[]> {
  const names = look.links.map(({ ifname }) => ifname).filter((name) => name !== 'lo')
  const settings = readDeviceSettings((await tryTool(outside(deviceSettingsCommand('/sys', names)))).stdout)
  const management = managementDevices(look, connection.server)
  const topology = scenario?.paths[0]?.topology
  const made = topology === undefined ? [] : madeNamespaces(topology).filter((one) => one.host !== undefined)
  const named = made.flatMap(({ devices }) => devices)
  return [...new Set([...names, ...named])].map((device) => {
    const speed = Number(settings.get(device)?.['speed Mb/s'])
    const seen = look.links.find(({ ifname }) => ifname === device)
    return {
      device,
      isUp: seen?.flags.includes('UP') === true,
      driver: settings.get(device)?.driver ?? seen?.linkinfo?.info_kind,
      speedMbps: Number.isFinite(speed) && speed > 0 ? speed : undefined,
      namespace: made.find(({ devices }) => devices.includes(device))?.name,
      isManagement: management.has(device),
      hindrance: hindrances([device], host, look, management)[0]?.why,
    }
  })
}
