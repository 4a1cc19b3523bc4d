/** The addresses of a topology's namespaces. */
import { BlockList } from 'node:net'
import { areOfOneFamily, type Family, familyOf } from '../parts/ip-address.ts'
import { linkEnds } from './link-ends.ts'
import type { Topology } from './schema.ts'

/** An address of a device, and how much of it is the network's. */
export interface DeviceAddress {
  readonly device: string
  readonly address: string
  readonly prefixLength: number
}

/** A prefix as it is written: `10.10.2.0/24`. */
export function splitPrefix(text: string): { readonly address: string; readonly prefixLength: number } {
  const [address = '', length = ''] = text.split('/')
  return { address, prefixLength: Number(length) }
}

/** The addresses that a namespace has on its links and on lo. */
export function addressesOf(topology: Topology, namespace: string): DeviceAddress[] {
  const onLinks = linkEnds(topology)
    .filter((end) => end.namespace === namespace)
    .flatMap(({ device, addresses }) => addresses.map((text) => ({ device, ...splitPrefix(text) })))
  const onLoopback = (topology.namespaces[namespace]?.loopback ?? []).map((text) => ({
    device: 'lo',
    ...splitPrefix(text),
  }))
  return [...onLinks, ...onLoopback]
}

/** All addresses of a namespace, without their prefix lengths. */
export const ownAddresses = (topology: Topology, namespace: string): string[] =>
  addressesOf(topology, namespace).map(({ address }) => address)

const family = (address: string) => `ipv${familyOf(address)}` as const

/** Whether there is an IPv6 address among these, or prefix. */
export const hasIPv6 = (addresses: readonly string[]): boolean =>
  addresses.some((address) => familyOf(address) === 6)

/** What IPv6 needs of a device, bytes (RFC 8200, section 5): one with less knows nothing of IPv6, nor of its settings. */
export const leastMtuOfIPv6 = 1280

/** Whether a topology has addresses of a family. */
export const usesFamily = (topology: Topology, wanted: Family): boolean =>
  Object.keys(topology.namespaces).some((name) =>
    ownAddresses(topology, name).some((address) => familyOf(address) === wanted),
  )

/** Whether `address` is within the prefix of another. */
export function isWithin(address: string, network: Pick<DeviceAddress, 'address' | 'prefixLength'>): boolean {
  if (!areOfOneFamily(address, network.address)) return false
  const subnet = new BlockList()
  subnet.addSubnet(network.address, network.prefixLength, family(address))
  return subnet.check(address, family(address))
}

/** The number that an IPv4 address is. */
export const ipv4Number = (address: string): number =>
  address.split('.').reduce((number, byte) => number * 256 + Number(byte), 0)
