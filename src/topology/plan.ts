/**
 * The plan of a topology: which commands build it. Pure; `apply.ts` runs them.
 *
 * Plans are lists of lines for `ip -batch`, so that a whole topology costs a handful of processes.
 */
import type { NamespaceFile } from '../parts/links/link.ts'
import type { Topology } from '../scenario/schema.ts'
import { backgroundRoutes, backgroundRules } from './background.ts'
import { addressesWithLinkLocal, addressLine, ipv6Sysctls } from './ipv6-plan.ts'
import { linksInOrder } from './link-order.ts'
import { bringUpLines, type DevicesPlan, type LinkCall, planLinks } from './plan-links.ts'
import { type DeviceSetting, deviceSettings } from './plan-settings.ts'

/** What has to be done inside one namespace once its devices are there. */
export interface NamespacePlan {
  /** As the scenario calls it. */
  readonly namespace: string
  /** Its file under /run/netns. */
  readonly file: string
  /** Lines for `ip -batch`. */
  readonly ipLines: readonly string[]
  /** Files under /proc/sys and what to write there: words, a blank between two. */
  readonly sysctls: readonly { readonly file: string; readonly value: string }[]
  /** Arguments of `ethtool -K`, one list a device. */
  readonly offloads: readonly (readonly string[])[]
  readonly settings: readonly DeviceSetting[]
  /** Prefixes to have routes to that throw away. */
  readonly blackholes: readonly string[]
  /** A ruleset for `nft -f`, or empty. */
  readonly nftables: string
  readonly hasBridges: boolean
}

export interface TopologyPlan {
  /** Lines for `ip -batch` outside of all namespaces: makes these and the links between them. */
  readonly createLines: readonly string[]
  /** What makes the links that `ip` cannot make. */
  readonly createCalls: readonly LinkCall[]
  /** What is made next, inside namespaces. */
  readonly devices: readonly DevicesPlan[]
  /** What sets links up once all devices are made. */
  readonly configureCalls: readonly LinkCall[]
  readonly namespaces: readonly NamespacePlan[]
  /** Lines for `ip -batch` that take all of it away. */
  readonly removeLines: readonly string[]
}

export type { NamespaceFile }

/** Names for a run in which the topologies of all paths are live at once: `stack.netns-1`. */
export const namespaceFileFor =
  (path: string): NamespaceFile =>
  (namespace) =>
    `${path}.${namespace}`

/** The namespace that a file is of, whichever path it is for. */
export const namespaceOfFile = (file: string): string => file.slice(file.lastIndexOf('.') + 1)

/** The commands that build `topology`. */
export function planTopology(topology: Topology, fileOf: NamespaceFile): TopologyPlan {
  const names = Object.keys(topology.namespaces)
  const { outside, creating, inside, configuring } = planLinks(topology, fileOf)
  return {
    createLines: [
      ...names.map((name) => `netns add ${fileOf(name)}`),
      // A bridge that snoops joins a multicast group itself, and its reports go to every port.
      ...Object.entries(topology.bridges).map(
        ([device, { namespace }]) =>
          `link add name ${device} netns ${fileOf(namespace)} type bridge mcast_snooping 0`,
      ),
      ...outside,
    ],
    createCalls: creating,
    devices: inside,
    configureCalls: configuring,
    namespaces: names.map((name) => planNamespace(name, topology, fileOf)),
    removeLines: names.map((name) => `netns del ${fileOf(name)}`),
  }
}

function planNamespace(name: string, topology: Topology, fileOf: NamespaceFile): NamespacePlan {
  const {
    routes = [],
    neighbours = [],
    sysctls = {},
    loopback = [],
    nftables = '',
    background,
  } = topology.namespaces[name] ?? {}
  const bridges = Object.entries(topology.bridges).filter(([, { namespace }]) => namespace === name)
  // A device is up before those that stand on it.
  const ends = linksInOrder(topology)
    .flatMap(([, link]) => link.ends)
    .filter(({ namespace }) => namespace === name)
  return {
    namespace: name,
    file: fileOf(name),
    ipLines: [
      'link set dev lo up',
      ...loopback.map((address) => addressLine(address, 'lo')),
      ...bridges.flatMap(([device]) => bringUpLines(device)),
      ...ends.flatMap((end) => [
        ...addressesWithLinkLocal(end, topology).map((address) => addressLine(address, end.device)),
        ...(end.bridge === undefined ? [] : [`link set dev ${end.device} master ${end.bridge}`]),
        ...bringUpLines(end.device, end.mtu),
      ]),
      ...routes.map(
        ({ to, via, device }) =>
          `route add ${to}${via === undefined ? '' : ` via ${via}`}${device === undefined ? '' : ` dev ${device}`}`,
      ),
      ...neighbours.map(
        ({ address, device, mac }) =>
          `neighbour replace ${address} lladdr ${mac} dev ${device} nud permanent`,
      ),
    ],
    sysctls: [
      // Before the scenario's own, which have the last word.
      ...ipv6Sysctls(ends, loopback),
      ...Object.entries(sysctls).map(([key, value]) => ({
        file: sysctlFile(key),
        value: [value].flat().join(' ').trim().replaceAll(/\s+/g, ' '),
      })),
    ],
    offloads: ends
      .filter(({ offload }) => Object.keys(offload).length > 0)
      .map(({ device, offload }) => [
        device,
        ...Object.entries(offload).flatMap(([feature, isOn]) => [feature, isOn ? 'on' : 'off']),
      ]),
    settings: ends.flatMap(deviceSettings),
    blackholes: backgroundRoutes(background?.routes ?? 0, topology),
    nftables: `${backgroundRules(background?.rules ?? 0)}${nftables}`,
    hasBridges: bridges.length > 0,
  }
}

/** As sysctl(8): dots separate, unless the name is written with slashes, for devices with a dot in theirs. */
function sysctlFile(key: string): string {
  return `/proc/sys/${key.includes('/') ? key : key.replaceAll('.', '/')}`
}
