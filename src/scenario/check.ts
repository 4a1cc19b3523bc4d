/** What the schema cannot say: that the names in a scenario refer to something, and that it holds together. */
import { BlockList, isIPv4 } from 'node:net'
import { didYouMean } from '../host/nearest.ts'
import { parseReference } from './references.ts'
import type { Program, ProofRule, ScenarioFile, Topology } from './schema.ts'
import { parseSum, type Term } from './sums.ts'
import { parseWay } from './way.ts'
import type { FilePath, Issue } from './yaml-file.ts'

export const quoteNone = (names: readonly string[]): string =>
  names.length === 0 ? 'none' : names.join(', ')

/** The devices of a topology by namespace. */
export function devicesOf(topology: Topology): Map<string, string[]> {
  const devices = new Map<string, string[]>(Object.keys(topology.namespaces).map((name) => [name, []]))
  for (const [device, { namespace }] of Object.entries(topology.bridges)) devices.get(namespace)?.push(device)
  for (const ends of Object.values(topology.links))
    for (const { namespace, device } of ends) devices.get(namespace)?.push(device)
  return devices
}

/** Roles: one baseline, something to compare with it, and a control that really is one. */
export function checkRoles(file: ScenarioFile): Issue[] {
  const paths = Object.entries(file.paths)
  const baselines = paths.filter(([, path]) => path.role === 'baseline')
  const issues: Issue[] = []
  if (baselines.length !== 1)
    issues.push({
      path: ['paths'],
      message: `expected just one path with role baseline, found ${baselines.length}`,
    })
  if (!paths.some(([, path]) => path.role === 'candidate'))
    issues.push({ path: ['paths'], message: 'expected at least one path with role candidate' })
  for (const role of ['control', 'floor'] as const) {
    const more = paths.filter(([, path]) => path.role === role).slice(1)
    for (const [name] of more)
      issues.push({ path: ['paths', name, 'role'], message: `expected at most one ${role}` })
  }
  for (const [name, path] of paths.filter(([, { role }]) => role === 'control'))
    for (const key of [
      'programs',
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
  for (const [name, ends] of Object.entries(topology.links))
    for (const [index, { namespace, device, bridge }] of ends.entries()) {
      const path = [...at, 'links', name, index]
      if (!namespaces.includes(namespace))
        issues.push({ path: [...path, 'namespace'], message: noNamespace(namespace, namespaces) })
      if (seen.has(`${namespace}/${device}`))
        issues.push({ path: [...path, 'device'], message: `a second device "${device}" in ${namespace}` })
      seen.add(`${namespace}/${device}`)
      const bridges = bridgesOf(topology, namespace)
      if (bridge !== undefined && !bridges.includes(bridge))
        issues.push({
          path: [...path, 'bridge'],
          message: `no bridge "${bridge}" in ${namespace}${didYouMean(bridge, bridges) || ` (there: ${quoteNone(bridges)})`}`,
        })
    }
  return [...issues, ...checkRoutes(topology, at)]
}

export const noNamespace = (name: string, known: readonly string[]): string =>
  `no namespace "${name}"${didYouMean(name, known) || ` (there: ${quoteNone(known)})`}`

const noDevice = (device: string, namespace: string, known: readonly string[]): string =>
  `no device "${device}" in ${namespace}${didYouMean(device, known) || ` (there: ${quoteNone(known)})`}`

interface DeviceAddress {
  readonly device: string
  readonly address: string
  readonly prefixLength: number
}

/** The addresses that a namespace has on its links. */
function addressesOf(topology: Topology, namespace: string): DeviceAddress[] {
  return Object.values(topology.links)
    .flat()
    .filter((end) => end.namespace === namespace)
    .flatMap(({ device, addresses }) =>
      addresses.map((text) => {
        const [address = '', length = ''] = text.split('/')
        return { device, address, prefixLength: Number(length) }
      }),
    )
}

/** All addresses of a namespace, without their prefix lengths. */
export function ownAddresses(topology: Topology, namespace: string): string[] {
  const onLoopback = topology.namespaces[namespace]?.loopback ?? []
  return [
    ...addressesOf(topology, namespace).map(({ address }) => address),
    ...onLoopback.map((text) => text.split('/')[0] ?? ''),
  ]
}

function checkRoutes(topology: Topology, at: FilePath): Issue[] {
  const devices = devicesOf(topology)
  return Object.entries(topology.namespaces).flatMap(([name, { routes, neighbours }]) => {
    const known = devices.get(name) ?? []
    const path = [...at, 'namespaces', name]
    const unknownDevice = (device: string | undefined, inside: FilePath): Issue[] =>
      device === undefined || known.includes(device)
        ? []
        : [{ path: [...path, ...inside, 'device'], message: noDevice(device, name, known) }]
    return [
      ...routes.flatMap(({ via, device }, index): Issue[] => [
        ...unknownDevice(device, ['routes', index]),
        ...(via === undefined && device === undefined
          ? [{ path: [...path, 'routes', index], message: 'expected "via", "device" or both' }]
          : []),
        ...(via !== undefined && !isOnLink(via, addressesOf(topology, name))
          ? [{ path: [...path, 'routes', index, 'via'], message: `${via} is not on a link of ${name}` }]
          : []),
      ]),
      ...neighbours.flatMap(({ device }, index) => unknownDevice(device, ['neighbours', index])),
    ]
  })
}

function isOnLink(address: string, own: readonly DeviceAddress[]): boolean {
  const family = isIPv4(address) ? 'ipv4' : 'ipv6'
  return own.some((one) => {
    if (isIPv4(one.address) !== isIPv4(address)) return false
    const subnet = new BlockList()
    subnet.addSubnet(one.address, one.prefixLength, family)
    return subnet.check(address, family) && one.address !== address
  })
}

/** The programs of a path, one a namespace; `index` is the place in the file's list. */
export const programsOf = ({ programs }: ScenarioFile['paths'][string]): (Program & { index: number })[] =>
  programs.flatMap((program, index) =>
    [program.namespace].flat().map((namespace) => ({ ...program, namespace, index })),
  )

/** Programs, way and proof of one path. `at` leads to the path in the file. */
export function checkPath(path: ScenarioFile['paths'][string], topology: Topology, at: FilePath): Issue[] {
  const devices = devicesOf(topology)
  const programs = programsOf(path)
  return [
    ...programs.flatMap((program) => checkProgram(program, devices, [...at, 'programs', program.index])),
    ...(['way', 'returnWay'] as const).flatMap((way) =>
      parseWay(path[way], programs, devices).issues.map(({ index, message }) => ({
        path: [...at, way, index],
        message,
      })),
    ),
    ...path.proof.flatMap((rule, index) => checkRule(rule, programs, devices, [...at, 'proof', index])),
  ]
}

function checkRule(
  rule: ProofRule,
  programs: readonly Program[],
  devices: ReadonlyMap<string, readonly string[]>,
  at: FilePath,
): Issue[] {
  const wrongTerms = (text: string, key: string): Issue[] =>
    parseSum(text).flatMap((term) => {
      const message = wrongTerm(term, key === 'counter', devices)
      return message === undefined ? [] : [{ path: [...at, key], message }]
    })
  const amountIssues =
    'equals' in rule
      ? wrongTerms(rule.equals, 'equals')
      : 'atLeast' in rule
        ? wrongTerms(rule.atLeast, 'atLeast')
        : []
  if ('counter' in rule) return [...wrongTerms(rule.counter, 'counter'), ...amountIssues]
  if (!('program' in rule)) return []
  const known = [...new Set(programs.map(({ program }) => program))]
  if (known.includes(rule.program)) return amountIssues
  const message = `no program "${rule.program}" on this path${didYouMean(rule.program, known)}`
  return [{ path: [...at, 'program'], message }, ...amountIssues]
}

/** Counters of /proc/net/snmp that a rule may name (RFC 1213 names, as the kernel prints them). */
const protocols = /^(Ip|Icmp|Tcp|Udp)\.[A-Z][A-Za-z]+$/
const deviceCounter = /^(.+)\.(rxPackets|txPackets)$/

function wrongTerm(
  term: Term,
  isCounter: boolean,
  devices: ReadonlyMap<string, readonly string[]>,
): string | undefined {
  if (term.of === 'trials')
    return isCounter ? `expected a counter of the kernel, found "${term.packets}"` : undefined
  const { namespace, name } = term
  if (name === '') {
    const amounts = isCounter ? '' : '0, requests, replies, or '
    return `expected ${amounts}a counter such as NAMESPACE/Ip.ForwDatagrams, found "${namespace}"`
  }
  const known = devices.get(namespace)
  if (known === undefined) return noNamespace(namespace, [...devices.keys()])
  const device = deviceCounter.exec(name)?.[1]
  if (device !== undefined) return known.includes(device) ? undefined : noDevice(device, namespace, known)
  return protocols.test(name)
    ? undefined
    : `expected a counter such as Ip.ForwDatagrams, Udp.InDatagrams or DEVICE.txPackets, found "${name}"`
}

function checkProgram(
  program: Program,
  devices: ReadonlyMap<string, readonly string[]>,
  at: FilePath,
): Issue[] {
  const missing = (namespace: string, device: string, path: FilePath): Issue[] => {
    const known = devices.get(namespace)
    if (known === undefined) return [{ path, message: noNamespace(namespace, [...devices.keys()]) }]
    return known.includes(device) ? [] : [{ path, message: noDevice(device, namespace, known) }]
  }
  const values = Object.entries(program.maps).flatMap(([map, entries]) =>
    entries.flatMap((entry, index) =>
      (['key', 'value'] as const).flatMap((part) => {
        const value = entry[part]
        const path: FilePath = [...at, 'maps', map, index, part]
        return typeof value === 'object'
          ? Object.entries(value).map(([field, inner]) => ({ path: [...path, field], value: inner }))
          : [{ path, value }]
      }),
    ),
  )
  return [
    ...missing(program.namespace, program.device, [
      ...at,
      devices.has(program.namespace) ? 'device' : 'namespace',
    ]),
    ...values.flatMap(({ path, value }) => {
      const reference = typeof value === 'string' ? parseReference(value, program.namespace) : undefined
      return reference === undefined ? [] : missing(reference.namespace, reference.device, path)
    }),
  ]
}
