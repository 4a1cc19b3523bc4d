/** What the schema cannot say: that the names in a scenario refer to something, and that it holds together. */
import { noDevice, noNamespace, orThere } from '../parts/not-there.ts'
import { checkRules } from '../parts/proofs/claims.ts'
import { hasIPv6, leastMtuOfIPv6 } from './addresses.ts'
import { checkLinks } from './check-links.ts'
import { checkOwnCommands, type FoundProgram } from './commands.ts'
import { isOfSockets, socketsOfClient } from '../parts/hooks/hooks.ts'
import { checkHookDevice } from './hook-device.ts'
import { linkEnds } from './link-ends.ts'
import { referencesIn } from './references.ts'
import { checkRoutes } from './routes.ts'
import type { Program, ScenarioFile, Topology } from './schema.ts'
import { parseWay } from './way.ts'
import type { FilePath, Issue } from './yaml-file.ts'

/** The devices of a topology by namespace. */
export function devicesOf(topology: Topology): Map<string, string[]> {
  const devices = new Map<string, string[]>(Object.keys(topology.namespaces).map((name) => [name, []]))
  for (const [device, { namespace }] of Object.entries(topology.bridges)) devices.get(namespace)?.push(device)
  for (const { namespace, device } of linkEnds(topology)) devices.get(namespace)?.push(device)
  for (const [name, own] of Object.entries(topology.namespaces))
    devices.get(name)?.push(...(own.devices ?? []).filter((device) => !devices.get(name)?.includes(device)))
  return devices
}

/** Of so many paths the generator has sockets open at a time (PATHS_MAX of udpgen/protocol.h). */
const mostPaths = 64

/** Roles: one baseline, something to compare with it, and a control that really is one. */
export function checkRoles(file: ScenarioFile): Issue[] {
  const paths = Object.entries(file.paths)
  const baselines = paths.filter(([, path]) => path.role === 'baseline')
  const issues: Issue[] = []
  if (paths.length > mostPaths)
    issues.push({
      path: ['paths'],
      message: `expected at most ${mostPaths} paths, found ${paths.length}: measure them by several scenarios`,
    })
  if (baselines.length !== 1)
    issues.push({
      path: ['paths'],
      message: `expected just one path with role baseline, found ${baselines.length}`,
    })
  // A path by itself is measured beside its control, which tells how stable its figures are.
  if (!paths.some(([, { role }]) => role === 'candidate' || role === 'control'))
    issues.push({ path: ['paths'], message: 'expected at least one path with role candidate or control' })
  for (const role of ['control', 'floor'] as const) {
    const more = paths.filter(([, path]) => path.role === role).slice(1)
    for (const [name] of more)
      issues.push({ path: ['paths', name, 'role'], message: `expected at most one ${role}` })
  }
  for (const [name, path] of paths.filter(([, { role }]) => role === 'control'))
    for (const key of [
      'programs',
      'setup',
      'agent',
      'teardown',
      'sharedMaps',
      'topology',
      'way',
      'returnWay',
      'proof',
      'allows',
      'needs',
      'skips',
    ] as const)
      if (Object.keys(path[key]).length > 0)
        issues.push({
          path: ['paths', name, key],
          message: 'a control is the baseline built a second time: it takes this from the baseline',
        })
  return issues
}

const bridgesOf = ({ bridges }: Topology, namespace: string): string[] =>
  Object.entries(bridges).flatMap(([device, bridge]) => (bridge.namespace === namespace ? [device] : []))

/** Names and addresses of a topology. `at` leads to it in the file. */
export function checkTopology(topology: Topology, at: FilePath): Issue[] {
  const namespaces = Object.keys(topology.namespaces)
  const issues: Issue[] = []
  const seen = new Set<string>()
  for (const [device, { namespace }] of Object.entries(topology.bridges)) {
    if (!namespaces.includes(namespace))
      issues.push({
        path: [...at, 'bridges', device, 'namespace'],
        message: noNamespace(namespace, namespaces),
      })
    seen.add(`${namespace}/${device}`)
  }
  for (const [name, { ends }] of Object.entries(topology.links))
    for (const [index, { namespace, device, bridge }] of ends.entries()) {
      const path = [...at, 'links', name, 'ends', index]
      if (!namespaces.includes(namespace))
        issues.push({ path: [...path, 'namespace'], message: noNamespace(namespace, namespaces) })
      if (seen.has(`${namespace}/${device}`))
        issues.push({ path: [...path, 'device'], message: `a second device "${device}" in ${namespace}` })
      seen.add(`${namespace}/${device}`)
      const bridges = bridgesOf(topology, namespace)
      if (bridge !== undefined && !bridges.includes(bridge))
        issues.push({
          path: [...path, 'bridge'],
          message: `no bridge "${bridge}" in ${namespace}${orThere(bridge, bridges)}`,
        })
    }
  const devices = devicesOf(topology)
  return [
    ...issues,
    ...checkLinks(topology, devices, at),
    ...checkAddresses(topology, at),
    ...checkRoutes(topology, devices, at),
  ]
}

/** That no device gets an address twice, or one of IPv6 with an MTU too small for that, which the kernel refuses. */
function checkAddresses({ links, namespaces }: Topology, at: FilePath): Issue[] {
  const repeated = (addresses: readonly string[], path: FilePath): Issue[] =>
    addresses.flatMap((address, index) =>
      addresses.indexOf(address) === index
        ? []
        : [{ path: [...path, index], message: `a second ${address} on one device` }],
    )
  return [
    ...Object.entries(links).flatMap(([name, { ends }]) =>
      ends.flatMap(({ addresses, mtu = leastMtuOfIPv6 }, index) => [
        ...repeated(addresses, [...at, 'links', name, 'ends', index, 'addresses']),
        ...(mtu < leastMtuOfIPv6 && hasIPv6(addresses)
          ? [
              {
                path: [...at, 'links', name, 'ends', index, 'mtu'],
                message: `expected ${leastMtuOfIPv6} bytes at least, as the device has an IPv6 address, found ${mtu}`,
              },
            ]
          : []),
      ]),
    ),
    ...Object.entries(namespaces).flatMap(([name, { loopback }]) =>
      repeated(loopback, [...at, 'namespaces', name, 'loopback']),
    ),
  ]
}

type WrittenPath = ScenarioFile['paths'][string]

/** The programs at hooks of a path, one a namespace; `index` is the place in the file's list. */
const hookedProgramsOf = ({ programs }: WrittenPath) =>
  programs.flatMap((program, index) =>
    [program.namespace].flat().map((namespace) => ({ ...program, namespace, index })),
  )

/** Those of them that are loaded from objects. */
export const programsOf = (path: WrittenPath): (Program & { index: number })[] =>
  hookedProgramsOf(path).flatMap(({ object, ...program }) =>
    object === undefined ? [] : [{ ...program, object }],
  )

/** Those that the path's own commands attach. */
export const foundProgramsOf = (path: WrittenPath): FoundProgram[] =>
  hookedProgramsOf(path).flatMap(({ object, program, hook, namespace, device, sample }) =>
    object === undefined ? [{ program, hook, namespace, device, sample }] : [],
  )

/** Programs, way and proof of one path. `at` leads to the path in the file. */
export function checkPath(path: WrittenPath, topology: Topology, at: FilePath): Issue[] {
  const devices = devicesOf(topology)
  const programs = hookedProgramsOf(path)
  return [
    ...checkOwnCommands(path, topology, at),
    ...programs.flatMap((program) => [
      ...checkProgram(program, devices, [...at, 'programs', program.index]),
      ...checkHookDevice(program, topology, [...at, 'programs', program.index]),
    ]),
    ...(['way', 'returnWay'] as const).flatMap((way) =>
      parseWay(path[way], programs, devices).issues.map(({ index, message }) => ({
        path: [...at, way, index],
        message,
      })),
    ),
    ...checkRules(path.proof, { programs, devices }).map(({ index, key, message }) => ({
      path: [...at, 'proof', index, key],
      message,
    })),
  ]
}

function checkProgram(
  program: Omit<Program, 'object'>,
  devices: ReadonlyMap<string, readonly string[]>,
  at: FilePath,
): Issue[] {
  const missing = (namespace: string, device: string, path: FilePath): Issue[] => {
    const known = devices.get(namespace)
    if (known === undefined) return [{ path, message: noNamespace(namespace, [...devices.keys()]) }]
    if (known.includes(device)) return []
    const message =
      device === socketsOfClient
        ? `missing: a device of ${namespace} (there: ${known.join(', ')})`
        : noDevice(device, namespace, known)
    return [{ path, message }]
  }
  return [
    ...(isOfSockets(program.hook)
      ? []
      : missing(program.namespace, program.device, [
          ...at,
          devices.has(program.namespace) ? 'device' : 'namespace',
        ])),
    ...referencesIn(program).flatMap(({ path, namespace, device }) =>
      missing(namespace, device, [...at, ...path]),
    ),
  ]
}
