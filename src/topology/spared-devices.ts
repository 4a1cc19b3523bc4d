/** Devices that are not touched: what a machine is reached by, and what others stand on. Pure. */
import type { MachineLook, SeenLink } from './machine-look.ts'

/** A device, what it stands on, and its ports, all the way down: what the packets of one that is a VLAN or bridge go by. */
export function carriers(
  devices: readonly string[],
  links: readonly Pick<SeenLink, 'ifname' | 'link' | 'master'>[],
): ReadonlySet<string> {
  const found = new Set(devices)
  // A set goes on with what is added to it meanwhile.
  for (const device of found)
    for (const { ifname, link, master } of links) {
      if (ifname === device && link !== undefined) found.add(link)
      if (master === device) found.add(ifname)
    }
  return found
}

const devicesWith = (links: readonly SeenLink[], addresses: readonly string[]): string[] =>
  links
    .filter(({ addr_info }) => addr_info.some(({ local }) => addresses.includes(local)))
    .map(({ ifname }) => ifname)

const deviceOfRoute = (line: string): string[] =>
  [...line.matchAll(/ dev (\S+)/g)].flatMap(([, device]) => device ?? [])

/** The devices that a machine is reached by, and why each is left alone. @param server its address that ssh comes in by, if one does */
export function managementDevices(
  { links, ways, routes, sshAddresses }: MachineLook,
  server?: string,
): ReadonlyMap<string, string> {
  const defaults = routes.filter((line) => /^(unicast )?default /.test(line)).flatMap(deviceOfRoute)
  const ofServer = server === undefined ? [] : devicesWith(links, [server])
  const reasons = [
    ['its default route leads over it', defaults],
    ['a connection of ssh goes over it', devicesWith(links, sshAddresses)],
    ['ssh comes in by it', [...ways, ...ofServer]],
  ] as const
  return new Map(
    reasons.flatMap(([why, devices]) =>
      [...carriers(devices, links)]
        .filter((device) => device !== 'lo')
        .map((device) => [device, why] as const),
    ),
  )
}

/** Why a device cannot be moved into a namespace, or undefined. */
export function hindranceOf(device: string, { links }: Pick<MachineLook, 'links'>): string | undefined {
  const seen = links.find(({ ifname }) => ifname === device)
  if (seen === undefined) return 'there is no such device'
  if (device === 'lo') return 'every namespace has one of its own'
  if (seen.master !== undefined) return `it is a port of ${seen.master}`
  // The two ends of a pair tell of each other.
  const above = links
    .filter(({ link, ifname }) => link === device && ifname !== seen.link)
    .map(({ ifname }) => ifname)
  if (above.length > 0) return `${above.join(', ')} stands on it`
  const ports = links.filter(({ master }) => master === device).map(({ ifname }) => ifname)
  return ports.length > 0 ? `${ports.join(', ')} is a port of it` : undefined
}
