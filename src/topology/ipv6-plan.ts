/**
 * What devices with IPv6 addresses need beside these: that they can be used at once, and that nothing but traffic of the
 * scenario is sent. Pure.
 */
import { familyOf } from '../parts/ip-address.ts'
import { hasIPv6 } from '../scenario/addresses.ts'
import { linkEnds } from '../scenario/link-ends.ts'
import type { LinkEnd, Topology } from '../scenario/schema.ts'

interface Sysctl {
  readonly file: string
  readonly value: string
}

/** A line for `ip -batch`. An IPv6 address is there without waiting whether another host has it (RFC 4862). */
export const addressLine = (address: string, device: string): string =>
  `address add ${address} dev ${device}${familyOf(address) === 6 ? ' nodad' : ''}`

/**
 * The addresses of a link's end: its own, and a link-local one where it has IPv6 addresses and none that is link-local.
 * Without it a router could not ask for the neighbours that it forwards to (ndisc_send_ns() in net/ipv6/ndisc.c).
 */
export function addressesWithLinkLocal(end: LinkEnd, topology: Topology): readonly string[] {
  if (!hasIPv6(end.addresses) || end.addresses.some((address) => /^fe[89ab]/.test(address)))
    return end.addresses
  const number = linkEnds(topology).findIndex(
    ({ namespace, device }) => namespace === end.namespace && device === end.device,
  )
  return [...end.addresses, `fe80::ff:fe00:${(number + 1).toString(16)}/64`]
}

/** For the devices of a namespace: IPv6 is on, and no host waits, looks for routers, or takes addresses from them. */
export const ipv6Sysctls = (ends: readonly LinkEnd[], loopback: readonly string[]): Sysctl[] => [
  ...(hasIPv6(loopback) ? [sysctl('lo', 'disable_ipv6')] : []),
  ...ends
    .filter(({ addresses }) => hasIPv6(addresses))
    .flatMap(({ device }) =>
      ['disable_ipv6', 'accept_dad', 'accept_ra', 'autoconf', 'router_solicitations'].map((name) =>
        sysctl(device, name),
      ),
    ),
]

const sysctl = (device: string, name: string): Sysctl => ({
  file: `/proc/sys/net/ipv6/conf/${device}/${name}`,
  value: '0',
})
