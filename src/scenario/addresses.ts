/** The addresses of a topology's namespaces. */
import { BlockList, isIPv4 } from 'node:net'
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

const family = (address: string): 'ipv4' | 'ipv6' => (isIPv4(address) ? 'ipv4' : 'ipv6')

/** Whether two addresses are of one family. */
export const areOfOneFamily = (one: string, other: string): boolean => family(one) === family(other)

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
