/** Links: that what they stand on is there, and that their keys fit each other. Pure. */
import { noDevice, noNamespace, quoteNone } from '../parts/not-there.ts'
import { linkKindNamed } from '../parts/links/links.ts'
import { type Parent, parentOf } from '../parts/links/parent.ts'
import { ownAddresses } from './addresses.ts'
import type { Link, Topology } from './schema.ts'
import type { FilePath, Issue } from './yaml-file.ts'

/** @param devices those of every namespace; `at` leads to the topology in the file */
export function checkLinks(
  topology: Topology,
  devices: ReadonlyMap<string, readonly string[]>,
  at: FilePath,
): Issue[] {
  return Object.entries(topology.links).flatMap(([name, link]) => {
    const kind = linkKindNamed(link.kind)
    return [
      ...checkParent(topology, link, devices),
      ...(kind.check?.(link) ?? []),
      ...(kind.underlay?.(link) ?? []).flatMap(({ namespace, address, at: inside }) => {
        const own = ownAddresses(topology, namespace)
        const message = `${address} is not an address of ${namespace} (there: ${quoteNone(own)})`
        return own.includes(address) || !devices.has(namespace) ? [] : [{ at: inside, message }]
      }),
    ].map((fault) => ({ path: [...at, 'links', name, ...fault.at], message: fault.message }))
  })
}

interface Fault {
  readonly at: FilePath
  readonly message: string
}

function checkParent(
  topology: Topology,
  link: Link,
  devices: ReadonlyMap<string, readonly string[]>,
): Fault[] {
  const parent = parentOf(link)
  // A namespace that is not there is told of the end that names it.
  if (parent === undefined || (!devices.has(parent.namespace) && parent.namespace === link.ends[0].namespace))
    return []
  const known = devices.get(parent.namespace)
  if (known === undefined)
    return [{ at: ['parent'], message: noNamespace(parent.namespace, [...devices.keys()]) }]
  if (!known.includes(parent.device))
    return [{ at: ['parent'], message: noDevice(parent.device, parent.namespace, known) }]
  return standsOnItself(topology, link)
    ? [{ at: ['parent'], message: `${parent.device} stands on this link itself` }]
    : []
}

/** Whether the way down from a link, from parent to parent, comes back to it. */
function standsOnItself({ links }: Topology, link: Link): boolean {
  const below = (parent: Parent) =>
    Object.values(links).find(({ ends }) =>
      ends.some(({ namespace, device }) => namespace === parent.namespace && device === parent.device),
    )
  const seen = new Set<Link>()
  for (let next: Link | undefined = link; next !== undefined && !seen.has(next);) {
    seen.add(next)
    const parent = parentOf(next)
    next = parent === undefined ? undefined : below(parent)
    if (next === link) return true
  }
  return false
}
