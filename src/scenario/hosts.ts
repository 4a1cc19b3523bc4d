/** Client and servers of a scenario: where they are, where servers listen, what clients call. */
import { ownAddresses } from './addresses.ts'
import { areOfOneFamily, type Family, familyOf } from '../parts/ip-address.ts'
import { noNamespace, quoteNone } from '../parts/not-there.ts'
import type { Target } from './scenario.ts'
import type { ScenarioFile, Server, Topology } from './schema.ts'
import type { FilePath, Issue } from './yaml-file.ts'

type WrittenPath = ScenarioFile['paths'][string]

/** The servers of a file, and where each stands in it. */
function writtenServers({ server, servers = [] }: ScenarioFile): { server: Server; at: FilePath }[] {
  return [
    ...(server === undefined ? [] : [{ server, at: ['server'] }]),
    ...servers.map((one, index) => ({ server: one, at: ['servers', index] })),
  ]
}

/** That a topology has the client's namespace. */
export function checkClient(topology: Topology, { client }: ScenarioFile): Issue[] {
  const namespaces = Object.keys(topology.namespaces)
  return namespaces.includes(client.namespace)
    ? []
    : [{ path: ['client', 'namespace'], message: noNamespace(client.namespace, namespaces) }]
}

/** That there is a server, and that a topology has every server's namespace with its address. */
export function checkServers(topology: Topology, file: ScenarioFile): Issue[] {
  const written = writtenServers(file)
  const ports = new Set(written.map(({ server }) => server.port))
  return [
    ...((file.server === undefined) === (file.servers === undefined)
      ? [{ path: ['server'], message: 'expected either "server" or "servers"' }]
      : []),
    ...(file.service !== undefined && ports.size > 1
      ? [{ path: ['servers'], message: 'expected one port for all servers behind a service address' }]
      : []),
    ...checkFamilies(file),
    ...written.flatMap(({ server, at }) => checkServer(topology, server, at)),
  ]
}

/** That figures are of one family of addresses: all servers', and the service's. */
function checkFamilies(file: ScenarioFile): Issue[] {
  const [first, ...others] = [
    ...writtenServers(file).map(({ server: { address }, at }) => ({ address, at: [...at, 'address'] })),
    ...(file.service === undefined ? [] : [{ ...file.service, at: ['service', 'address'] }]),
  ]
  return others
    .filter(({ address }) => first !== undefined && !areOfOneFamily(address, first.address))
    .map(({ address, at }) => ({
      path: at,
      message: `${address} and ${first?.address} are not of one family of addresses`,
    }))
}

/** The family of addresses that load is sent over; undefined where there is no server. */
export function loadFamilyOf(file: ScenarioFile): Family | undefined {
  const [first] = writtenServers(file)
  return first === undefined ? undefined : familyOf(first.server.address)
}

function checkServer(topology: Topology, { namespace, address }: Server, at: FilePath): Issue[] {
  const namespaces = Object.keys(topology.namespaces)
  if (!namespaces.includes(namespace))
    return [{ path: [...at, 'namespace'], message: noNamespace(namespace, namespaces) }]
  // Which addresses a namespace has that is there already, is seen there.
  if (topology.namespaces[namespace]?.existing !== undefined) return []
  return missingAddress(topology, namespace, address, [...at, 'address'])
}

function missingAddress(topology: Topology, namespace: string, address: string, at: FilePath): Issue[] {
  const own = ownAddresses(topology, namespace)
  if (own.includes(address)) return []
  return [{ path: at, message: `${address} is not an address of ${namespace} (there: ${quoteNone(own)})` }]
}

/** That servers which listen on the service's address on this path have it. */
export function checkListeners(
  topology: Topology,
  { listens, calls }: WrittenPath,
  file: ScenarioFile,
  at: FilePath,
): Issue[] {
  if (listens === 'own') return []
  const path = [...at, 'listens']
  const { service } = file
  if (service === undefined) return [{ path, message: 'there is no service address to listen on' }]
  if (calls === 'servers')
    return [{ path, message: 'clients call the servers themselves, which listen elsewhere' }]
  return writtenServers(file)
    .filter(({ server }) => Object.hasOwn(topology.namespaces, server.namespace))
    .flatMap(({ server }) => missingAddress(topology, server.namespace, service.address, path))
}

/** Where the servers listen on a path. */
export function serversOf({ listens }: WrittenPath, file: ScenarioFile): Server[] {
  const { service } = file
  return writtenServers(file).map(({ server }) =>
    listens === 'service' && service !== undefined ? { ...server, address: service.address } : server,
  )
}

/** What clients call on a path: the service, or the servers in turn. */
export function targetsOf({ calls }: WrittenPath, file: ScenarioFile): Target[] {
  const servers = writtenServers(file).map(({ server: { address, port } }) => ({ address, port }))
  const [first] = servers
  return calls === 'servers' || file.service === undefined || first === undefined
    ? servers
    : [{ address: file.service.address, port: first.port }]
}
