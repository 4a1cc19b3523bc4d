/** Scenarios whose paths lead over another host: what each of their namespaces may say. Pure. */
import { dirname, resolve } from 'node:path'
import { orThere } from '../parts/not-there.ts'
import { builtKeys, taken } from './as-it-is.ts'
import { devicesOf } from './check.ts'
import type { Host, ScenarioFile } from './schema.ts'
import type { FilePath, Issue } from './yaml-file.ts'

type Namespace = ScenarioFile['topology']['namespaces'][string]

/** A host that paths lead over. */
export interface AwayHost extends Host {
  readonly name: string
  /** The namespaces that are on it. */
  readonly namespaces: readonly string[]
}

/** @param from the scenario's file */
export const hostsOf = ({ hosts, topology }: ScenarioFile, from: string): AwayHost[] =>
  Object.entries(hosts).map(([name, { ssh, config }]) => ({
    name,
    ssh,
    ...(config === undefined ? {} : { config: resolve(dirname(from), config) }),
    namespaces: Object.entries(topology.namespaces).flatMap(([namespace, { host }]) =>
      host === name ? [namespace] : [],
    ),
  }))

/** What a scenario with hosts says that does not go together. */
export function checkHosts(file: ScenarioFile): Issue[] {
  const { hosts, topology, place } = file
  const [, ...further] = Object.keys(hosts)
  const isUsed = Object.values(topology.namespaces).some(({ host }) => host !== undefined)
  return [
    ...further.map((name) => ({ path: ['hosts', name], message: 'paths lead over one host at most' })),
    ...(place === 'existing'
      ? [{ path: ['place'], message: 'not with "hosts": namespaces with "existing" are lent all the same' }]
      : []),
    ...(isUsed ? [] : [{ path: ['hosts'], message: 'no namespace has a "host": paths lead over none' }]),
    ...Object.entries(topology.namespaces).flatMap(([name, namespace]) =>
      checkNamespace(namespace, file, ['topology', 'namespaces', name]),
    ),
    ...checkDevices(file),
    ...checkEnds(file),
    ...Object.entries(file.paths).flatMap(([name, path]) => checkPath(path, file, ['paths', name])),
  ]
}

function checkNamespace({ host, ...namespace }: Namespace, { hosts }: ScenarioFile, at: FilePath): Issue[] {
  if (host !== undefined && !Object.hasOwn(hosts, host)) {
    const known = Object.keys(hosts)
    return [
      {
        path: [...at, 'host'],
        message: `no host "${host}"${orThere(host, known)}`,
      },
    ]
  }
  const rules =
    host === undefined && namespace.nftables !== ''
      ? [{ path: [...at, 'nftables'], message: 'rules are loaded on the host alone' }]
      : []
  if (namespace.existing !== undefined) return [...rules, ...taken(namespace, builtKeys, at)]
  const background =
    namespace.background === undefined
      ? []
      : [{ path: [...at, 'background'], message: 'not with "hosts": what is measured is set up once' }]
  return [...rules, ...background]
}

/** Devices go into one namespace each of those that are made, and each of these has some. */
function checkDevices({ topology }: ScenarioFile): Issue[] {
  const seen = new Map<string, string>()
  return [...devicesOf(topology)].flatMap(([name, devices]) => {
    const { host, existing } = topology.namespaces[name] ?? {}
    const path = ['topology', 'namespaces', name]
    if (existing !== undefined) return []
    if (devices.length === 0)
      return [{ path, message: 'no link leads there, and it has no "devices": which are moved into it?' }]
    return devices.flatMap((device) => {
      const key = `${host ?? ''}/${device}`
      const other = seen.get(key)
      seen.set(key, name)
      return other === undefined
        ? []
        : [{ path, message: `device ${device} is moved into ${other} already: one is in one namespace` }]
    })
  })
}

/** Load is sent and received on this machine: one clock times both ways. */
function checkEnds({ topology, client, server, servers = [] }: ScenarioFile): Issue[] {
  const ends = [
    { namespace: client.namespace, at: ['client'] },
    ...(server === undefined ? [] : [{ ...server, at: ['server'] }]),
    ...servers.map((one, index) => ({ ...one, at: ['servers', index] })),
  ]
  return ends
    .filter(({ namespace }) => topology.namespaces[namespace]?.host !== undefined)
    .map(({ namespace, at }) => ({
      path: [...at, 'namespace'],
      message: `${namespace} is on another host: load is sent and received on this machine`,
    }))
}

/** A path's own things are on the host, and are there alone: what is on this machine stays as it is. */
function checkPath(
  { programs, setup, agent, teardown, topology }: ScenarioFile['paths'][string],
  file: ScenarioFile,
  at: FilePath,
): Issue[] {
  const isHere = (name: string) => {
    const namespace = file.topology.namespaces[name]
    return namespace !== undefined && namespace.host === undefined
  }
  const changed = (topology as { readonly namespaces?: Readonly<Record<string, unknown>> | null }).namespaces
  const here = (namespace: string) =>
    `${namespace} is on this machine: paths differ by what is on the host alone`
  return [
    ...programs.flatMap(({ namespace }, index) =>
      [namespace]
        .flat()
        .filter(isHere)
        .map((name) => ({ path: [...at, 'programs', index, 'namespace'], message: here(name) })),
    ),
    ...Object.keys(changed ?? {})
      .filter(isHere)
      .map((name) => ({ path: [...at, 'topology', 'namespaces', name], message: here(name) })),
    ...Object.entries({ setup, agent, teardown })
      .filter(([, commands]) => Object.keys(commands).length > 0)
      .map(([key]) => ({
        path: [...at, key],
        message: 'not with "hosts": commands and their files are on this machine',
      })),
  ]
}
