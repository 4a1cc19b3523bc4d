/** Segments of a topology: bridges with the devices on them, and links that go straight between hosts. */
import type { PathRecord } from '../../record/record.ts'
import type { Device } from './stations.ts'

type LinkEnd = PathRecord['topology']['links'][number]['ends'][number]

export interface Segment {
  /** The bridge's; empty for a link without one. */
  readonly name: string
  readonly devices: readonly Device[]
}

/** Namespaces that are switches and nothing else: bridges and their ports, which no way names. */
export const switchNamespaces = ({ topology, way, returnWay = [] }: PathRecord): Set<string> => {
  const ends = topology.links.flatMap((link) => link.ends)
  const isHost = (namespace: string): boolean =>
    ends.some((end) => end.namespace === namespace && end.bridge === undefined) ||
    [...way, ...returnWay].some((step) => step.namespace === namespace)
  const namespaces = (topology.bridges ?? []).map(({ namespace }) => namespace)
  return new Set(namespaces.filter((namespace) => !isHost(namespace)))
}

/** All segments that hosts are on. */
export const segmentsOf = (path: PathRecord): Segment[] => {
  const { links, bridges = [] } = path.topology
  const switches = switchNamespaces(path)
  const isSwitched = ({ namespace }: LinkEnd): boolean => switches.has(namespace)
  const bridged = bridges
    .filter(({ namespace }) => switches.has(namespace))
    .map((bridge) => ({
      name: bridge.device,
      devices: links.flatMap(({ ends: [one, other] }) => {
        const isPort = (end: LinkEnd): boolean =>
          end.namespace === bridge.namespace && end.bridge === bridge.device
        return [...(isPort(one) ? [other] : []), ...(isPort(other) ? [one] : [])].filter(
          (end) => !isSwitched(end),
        )
      }),
    }))
  const direct = links
    .filter(({ ends }) => !ends.some(isSwitched))
    .map(({ ends }) => ({ name: '', devices: ends }))
  return [...bridged, ...direct]
}

/** Segments in the order in which one comes to them from `client`, then those out of its reach. */
export const orderedSegments = (segments: readonly Segment[], client: string | undefined): Segment[] => {
  const ordered: Segment[] = []
  const reached = new Set(client === undefined ? [] : [client])
  for (;;) {
    const next = segments.find(
      (segment) =>
        !ordered.includes(segment) && segment.devices.some(({ namespace }) => reached.has(namespace)),
    )
    if (!next) return [...ordered, ...segments.filter((segment) => !ordered.includes(segment))]
    ordered.push(next)
    for (const { namespace } of next.devices) reached.add(namespace)
  }
}
