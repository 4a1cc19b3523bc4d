/** Counters that say why the kernel dropped packets, and what to do about it. Pure. */
import type { Counters } from '../parts/proofs/proof.ts'

/** Where packets got lost: in a namespace, between the device they came by and the one they leave by. */
export interface Loss {
  readonly namespace: string
  readonly arrival: string | undefined
  readonly departure: string | undefined
  readonly counters: Counters
}

interface Cause {
  readonly counter: RegExp
  /** What to do, or what it means, where it is known. */
  readonly hint?: (loss: Loss, device: string) => string
}

/** The first that fits a counter is its own. Names: net/ipv4/proc.c, net/ipv6/proc.c, drivers/net/veth.c. */
const causes: readonly Cause[] = [
  {
    counter: /^TcpExt\.IPReversePathFilter$/,
    hint: ({ namespace }) =>
      `rp_filter of ${namespace} drops what comes by another device than its answer would leave by: set net.ipv4.conf.all.rp_filter: 0 there, and net.ipv4.conf.DEVICE.rp_filter: 0`,
  },
  {
    counter: /^(.+)\.rxOtherhostDropped$/,
    hint: ({ namespace }, device) =>
      `the frames' destination MAC is not that of ${namespace}/${device}: rewrite it, or set it where a program's map has it`,
  },
  {
    counter: /^(Udp|Udp6|UdpLite|Tcp|Icmp|Icmp6|IpExt)\.InCsumErrors$/,
    hint: ({ namespace }) =>
      `checksums are wrong where they come to ${namespace}: a program that rewrites addresses, ports or payload has to update the IP and L4 checksums`,
  },
  {
    counter: /^(Udp|Udp6)\.NoPorts$/,
    hint: ({ namespace }) =>
      `no socket of ${namespace} listens on the address and port that the packets have when they arrive`,
  },
  {
    counter: /^(Udp|Udp6)\.(RcvbufErrors|MemErrors)$/,
    hint: ({ namespace }) => `the receiver in ${namespace} was too slow for its buffer`,
  },
  {
    counter: /^Ip\.InAddrErrors$/,
    hint: ({ namespace }) =>
      `${namespace} has packets for addresses that are not its own, and does not forward: set net.ipv4.ip_forward: 1 there, or give it the address`,
  },
  {
    counter: /^Ip6\.InAddrErrors$/,
    hint: ({ namespace }) =>
      `${namespace} has packets for addresses that are not its own: set net.ipv6.conf.all.forwarding: 1 there, or give it the address`,
  },
  {
    counter: /^(IpExt\.InNoRoutes|Ip6\.InNoRoutes)$/,
    hint: ({ namespace }) => `${namespace} has no route to where the packets that come in are for`,
  },
  {
    counter: /^(Ip|Ip6)\.OutNoRoutes$/,
    hint: ({ namespace }) => `${namespace} has no route to where it would send: give it one`,
  },
  {
    counter: /^(Ip\.FragFails|Ip6\.FragFails|Ip6\.InTooBigErrors|IpExt\.InTruncatedPkts)$/,
    hint: ({ namespace }) =>
      `packets are longer than the MTU of the device by which they leave ${namespace}: headers that a program or a tunnel adds count too; lower payloadBytes, or raise the MTU`,
  },
  { counter: /^(Ip|Ip6)\.(InHdrErrors|InDiscards|OutDiscards|InUnknownProtos|ReasmFails)$/ },
  { counter: /^(Udp|Udp6)\.(InErrors|SndbufErrors)$/ },
  {
    counter: /^TcpExt\.(ListenDrops|ListenOverflows)$/,
    hint: ({ namespace }) => `the server in ${namespace} accepts connections too slowly`,
  },
  {
    counter: /^Tcp\.OutRsts$/,
    hint: ({ namespace }) =>
      `${namespace} refuses TCP connections: nothing listens there, or not on this port`,
  },
  { counter: /^Tcp\.(AttemptFails|EstabResets|InErrs)$/ },
  {
    counter: /^(.+)\.ethtool\.rx_queue_\d+_xdp_drops$/,
    hint: ({ namespace }, device) => `the XDP program at ${namespace}/${device} drops them`,
  },
  {
    counter: /^(.+)\.ethtool\.rx_queue_\d+_drops$/,
    hint: ({ namespace }, device) => `the receive queue of ${namespace}/${device} was full or refused frames`,
  },
  { counter: /^(.+)\.ethtool\.(rx_queue_\d+_xdp_tx_errors|tx_queue_\d+_xdp_xmit_errors)$/ },
  {
    counter: /^(.+)\.rxDropped$/,
    hint: ({ namespace }, device) =>
      `${namespace}/${device} took frames and dropped them: mostly they are longer than its MTU, or no protocol wants them`,
  },
  {
    counter: /^(.+)\.txDropped$/,
    hint: ({ namespace, counters }, device) =>
      areFew(counters, device)
        ? `${namespace}/${device} refused a few frames of many: a CPU's queue of received frames was full (net.core.netdev_max_backlog), which it shares with all other traffic on this machine`
        : `${namespace}/${device} or its peer refused frames: mostly they are longer than the MTU there, headers that a program or a tunnel adds included`,
  },
  { counter: /^(.+)\.(rxNoHandler|rxErrors|rxFifo|rxFrame|txErrors|txFifo|txCarrier)$/ },
]

/** Whether a device refused so few frames that these cannot be all of a size: at most 1 %. */
const areFew = (counters: Counters, device: string): boolean =>
  100 * (counters.get(`${device}.txDropped`) ?? 0) <= (counters.get(`${device}.txPackets`) ?? 0)

export interface Explanation {
  readonly counter: string
  readonly count: number
  readonly hint?: string
}

/** The counters of a namespace that tell of drops, in the order of the list above. */
export function explain(loss: Loss): Explanation[] {
  const counted = [...loss.counters].filter(([, count]) => count > 0)
  const found = causes.flatMap(({ counter, hint }) =>
    counted.flatMap(([name, count]): Explanation[] => {
      const match = counter.exec(name)
      if (match === null) return []
      const words = hint?.(loss, match[1] ?? '')
      return [{ counter: name, count, ...(words === undefined ? {} : { hint: words }) }]
    }),
  )
  // Each of these counts a packet once more that another has counted with its reason.
  const names = new Set(found.map(({ counter }) => counter))
  return found.filter(({ counter }) => {
    const protocol = /^(Udp6?)\.InErrors$/.exec(counter)?.[1]
    return protocol === undefined || !names.has(`${protocol}.InCsumErrors`)
  })
}
