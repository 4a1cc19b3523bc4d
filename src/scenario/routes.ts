/** Routes and neighbours of a topology: whether the kernel will take them. Pure. */
import { isIPv4 } from 'node:net'
import { addressesOf, type DeviceAddress, ipv4Number, isWithin, splitPrefix } from './addresses.ts'
import { areOfOneFamily } from '../parts/ip-address.ts'
import { noDevice } from '../parts/not-there.ts'
import type { Topology } from './schema.ts'
import type { FilePath, Issue } from './yaml-file.ts'

type Route = Topology['namespaces'][string]['routes'][number]

/** A network that a namespace reaches without a gateway. */
interface OnLink {
  readonly device: string
  readonly address: string
  readonly prefixLength: number
}

/** @param devices those of every namespace; `at` leads to the topology in the file */
export function checkRoutes(
  topology: Topology,
  devices: ReadonlyMap<string, readonly string[]>,
  at: FilePath,
): Issue[] {
  return Object.entries(topology.namespaces).flatMap(([name, { routes, neighbours }]) => {
    const known = devices.get(name) ?? []
    const path = [...at, 'namespaces', name]
    const unknownDevice = (device: string | undefined, inside: FilePath): Issue[] =>
      device === undefined || known.includes(device)
        ? []
        : [{ path: [...path, ...inside, 'device'], message: noDevice(device, name, known) }]
    const own = addressesOf(topology, name)
    return [
      ...routes.flatMap((route, index) => [
        ...unknownDevice(route.device, ['routes', index]),
        ...(route.device !== undefined && !known.includes(route.device)
          ? []
          : wrongRoute(route, routes.slice(0, index), own)
        ).map(({ key, message }) => ({
          path: [...path, 'routes', index, ...(key === undefined ? [] : [key])],
          message: `${message}${key === 'via' ? ` of ${name}` : ''}`,
        })),
      ]),
      ...neighbours.flatMap(({ device }, index) => unknownDevice(device, ['neighbours', index])),
    ]
  })
}

interface Wrong {
  readonly key?: 'to' | 'via'
  readonly message: string
}

/** @param earlier the routes before it, which the kernel has by then */
function wrongRoute(route: Route, earlier: readonly Route[], own: readonly DeviceAddress[]): Wrong[] {
  const { to, via, device } = route
  if (via === undefined && device === undefined) return [{ message: 'expected "via", "device" or both' }]
  const target = networkOf(route)
  if (via !== undefined && to !== 'default' && !areOfOneFamily(target.address, via))
    return [{ message: `${to} and ${via} are not of one family of addresses` }]
  return [
    ...wrongTarget(route, earlier, own),
    ...(via === undefined ? [] : wrongGateway(route, via, earlier, own)),
  ]
}

/** The network that a route leads to; `default` is of the family of its gateway. */
function networkOf({ to, via }: Route): { readonly address: string; readonly prefixLength: number } {
  if (to !== 'default') return splitPrefix(to)
  return { address: via === undefined || isIPv4(via) ? '0.0.0.0' : '::', prefixLength: 0 }
}

// fib_table_insert() in net/ipv4/fib_trie.c refuses bits beyond the prefix and, as `ip route add` asks for it, a
// second route to a network, be it the one that came with an address.
function wrongTarget(route: Route, earlier: readonly Route[], own: readonly DeviceAddress[]): Wrong[] {
  const network = networkOf(route)
  const isSame = (other: { readonly address: string; readonly prefixLength: number }) =>
    other.prefixLength === network.prefixLength && isWithin(network.address, other)
  if (isIPv4(network.address) && ipv4Number(network.address) % 2 ** (32 - network.prefixLength) !== 0)
    return [{ key: 'to', message: `expected a network, and ${route.to} has bits beyond its prefix` }]
  if (earlier.some((other) => isSame(networkOf(other))))
    return [{ key: 'to', message: `a second route to ${route.to}` }]
  const connected = own.find(
    (one) => isIPv4(one.address) && one.device !== 'lo' && one.prefixLength < 32 && isSame(one),
  )
  return connected === undefined
    ? []
    : [
        {
          key: 'to',
          message: `a second route to ${route.to}: ${connected.address} on ${connected.device} made the first`,
        },
      ]
}

// fib_check_nh_v4_gw() in net/ipv4/fib_semantics.c, ip6_route_check_nh() in net/ipv6/route.c: a gateway has to be
// reached without another, over the device that the route names if it names one.
function wrongGateway(
  { device }: Route,
  via: string,
  earlier: readonly Route[],
  own: readonly DeviceAddress[],
): Wrong[] {
  const isLinkLocal = isWithin(via, { address: 'fe80::', prefixLength: 10 })
  if (isLinkLocal)
    return device === undefined ? [{ key: 'via', message: `${via} needs "device": it is on any link` }] : []
  const reached: OnLink[] = [
    ...own,
    ...earlier.flatMap((other) =>
      other.via === undefined && other.device !== undefined
        ? [{ device: other.device, ...networkOf(other) }]
        : [],
    ),
  ]
  const isOverDevice = (one: OnLink) => device === undefined || one.device === device
  const isReached = reached.some((one) => isOverDevice(one) && isWithin(via, one) && !isBroadcast(via, one))
  const isOwn = own.some(({ address }) => address === via)
  return isReached && !isOwn ? [] : [{ key: 'via', message: `${via} is not on a link` }]
}

/** Whether an address is a network's first or last, which no host has. */
function isBroadcast(address: string, { prefixLength }: OnLink): boolean {
  if (!isIPv4(address) || prefixLength === 0 || prefixLength > 30) return false
  const hosts = 2 ** (32 - prefixLength)
  return [0, hosts - 1].includes(ipv4Number(address) % hosts)
}
