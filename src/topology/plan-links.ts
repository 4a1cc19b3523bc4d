/** Where the lines are run that make links. Pure. */
import type { Call } from '../parts/call.ts'
import type { NamespaceFile } from '../parts/links/link.ts'
import { linkKindNamed } from '../parts/links/links.ts'
import { type Parent, parentOf } from '../parts/links/parent.ts'
import { leastMtuOfIPv6 } from '../scenario/addresses.ts'
import { linkEnds } from '../scenario/link-ends.ts'
import type { Link, Topology } from '../scenario/schema.ts'
import { linksInOrder } from './link-order.ts'

/** Devices that are made in one go inside a namespace. */
export interface DevicesPlan {
  /** As the scenario calls it. */
  readonly namespace: string
  /** Its file under /run/netns. */
  readonly file: string
  /** The links that they are of. */
  readonly links: readonly string[]
  /** Lines for `ip -batch`. */
  readonly lines: readonly string[]
}

/** A call that makes a link, or sets it up. */
export type LinkCall = Call & { readonly link: string }

interface LinksPlan {
  /** Lines for `ip -batch` outside of all namespaces. */
  readonly outside: readonly string[]
  /** What makes the links that `ip` cannot make, outside, too. */
  readonly creating: readonly LinkCall[]
  /** What comes after them, in this order. */
  readonly inside: readonly DevicesPlan[]
  readonly configuring: readonly LinkCall[]
}

/**
 * The number of the first pair's first end; the other has a lower one, which the kernel chooses (iproute2 6.1 takes none
 * for it). Where both have the same number, in two namespaces, the kernel takes up to a second to see their carrier
 * (linkwatch_urgent_event() in net/core/link_watch.c), and until then IPv6 sends nothing there. Low enough for device maps
 * whose places are devices' numbers.
 */
const firstIndex = 32

const numbered = (line: string, place: number): string =>
  line.replace(/^link add /, `link add index ${firstIndex + place} `)

/** How a topology's links are made. */
export function planLinks(topology: Topology, fileOf: NamespaceFile): LinksPlan {
  const links = linksInOrder(topology)
  const made = links.flatMap(([name, link]) =>
    linkKindNamed(link.kind)
      .createLines(link, fileOf, name)
      .map(({ namespace, line }) => ({ name, link, namespace, line })),
  )
  const inside = made.flatMap(({ name, link, namespace, line }) =>
    namespace === undefined
      ? []
      : [
          {
            namespace,
            file: fileOf(namespace),
            links: [name],
            lines: [...parentUp(link, topology), line],
          },
        ],
  )
  const outside = made
    .filter(({ namespace }) => namespace === undefined)
    .map(({ link, line }, place) => (link.ends.length === 2 ? numbered(line, place) : line))
  const callsOf = (call: (link: Link, place: number) => Call | undefined): LinkCall[] =>
    links.flatMap(([name, link], place) => {
      const made = call(link, place)
      return made === undefined ? [] : [{ ...made, link: name }]
    })
  return {
    outside,
    creating: callsOf((link, place) =>
      linkKindNamed(link.kind).createCall?.(link, fileOf, firstIndex + outside.length + place),
    ),
    inside: inside.reduce(joined, []),
    configuring: callsOf((link) => linkKindNamed(link.kind).configure?.(link, fileOf)),
  }
}

/**
 * Lines that bring a device up. Without a link-local address IPv6 sends nothing: no solicitations on paths that are idle. In
 * one line the kernel would bring it up first (do_setlink() in net/core/rtnetlink.c), and make the address.
 */
export const bringUpLines = (device: string, mtu = leastMtuOfIPv6): readonly string[] => [
  ...(mtu < leastMtuOfIPv6 ? [] : [`link set dev ${device} addrgenmode none`]),
  `link set dev ${device} up`,
]

/** What stands on a device of another namespace may be up before that has its turn: some kinds want it up by then. */
function parentUp(link: Link, topology: Topology): readonly string[] {
  const parent: Parent | undefined = parentOf(link)
  if (parent === undefined || parent.namespace === link.ends[0].namespace) return []
  const own = linkEnds(topology).find(
    ({ namespace, device }) => namespace === parent.namespace && device === parent.device,
  )
  return bringUpLines(parent.device, own?.mtu)
}

/** One after the other in one namespace are one process. */
function joined(plans: readonly DevicesPlan[], next: DevicesPlan): readonly DevicesPlan[] {
  const last = plans.at(-1)
  if (last?.namespace !== next.namespace) return [...plans, next]
  const links = [...last.links, ...next.links]
  return [...plans.slice(0, -1), { ...last, links, lines: [...last.lines, ...next.lines] }]
}
