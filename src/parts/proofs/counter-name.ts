/** The names by which rules of proof call counters of a namespace. Pure. */
import { nearest } from '../../host/nearest.ts'

/** A counter, by where it is kept. */
export type CounterName =
  /** A line of /proc/net/snmp, netstat or snmp6: `Ip.ForwDatagrams`, `TcpExt.IPReversePathFilter`. */
  | { readonly of: 'protocol'; readonly protocol: string; readonly name: string }
  /** Of a device: `veth2@1.txPackets`. */
  | { readonly of: 'device'; readonly device: string; readonly name: string }
  /** What a device's driver counts, as `ethtool -S` prints it: `veth2@1.ethtool.rx_queue_0_drops`. */
  | { readonly of: 'driver'; readonly device: string; readonly name: string }
  /** A counter of nftables by its name, or a rule's by its comment: `nft.dropped`, `nft.dropped.bytes`. */
  | { readonly of: 'nftables'; readonly name: string }
  /** A value in a BPF map: `map.counts(0)`, `map.services(address=10.0.0.1 port=7000).packets`, `map.stats(0).queues[2]`. */
  | { readonly of: 'map'; readonly map: string; readonly key: string; readonly field: string | undefined }

/** Protocols whose counters the kernel prints, by the names that it gives them there. */
export const protocols = [
  'Ip',
  'Icmp',
  'Tcp',
  'Udp',
  'UdpLite',
  'TcpExt',
  'IpExt',
  'MPTcpExt',
  'Ip6',
  'Icmp6',
  'Udp6',
  'UdpLite6',
] as const

/** Counters of every device: the columns of /proc/net/dev in their order, and what netlink alone tells. */
export const deviceColumns = [
  'rxBytes',
  'rxPackets',
  'rxErrors',
  'rxDropped',
  'rxFifo',
  'rxFrame',
  'rxCompressed',
  'rxMulticast',
  'txBytes',
  'txPackets',
  'txErrors',
  'txDropped',
  'txFifo',
  'txCollisions',
  'txCarrier',
  'txCompressed',
] as const
export const deviceCounters = [...deviceColumns, 'rxNoHandler', 'rxOtherhostDropped'] as const

/** What `text` names, or undefined where it is no name of a counter. */
export function parseCounterName(text: string): CounterName | undefined {
  const map = /^map\.([\w.]+)\(([^()]*(?:\([^()]*\)[^()]*)*)\)(?:\.?((?:\w|\.|\[\d+\])+))?$/.exec(text)
  if (map !== null) return { of: 'map', map: map[1] ?? '', key: map[2] ?? '', field: map[3] }
  const driver = /^(.+?)\.ethtool\.(.+)$/.exec(text)
  if (driver !== null) return { of: 'driver', device: driver[1] ?? '', name: driver[2] ?? '' }
  const last = text.lastIndexOf('.')
  if (last < 1 || last === text.length - 1) return undefined
  const [owner, name] = [text.slice(0, last), text.slice(last + 1)]
  if (protocols.some((protocol) => protocol === owner)) return { of: 'protocol', protocol: owner, name }
  if (deviceCounters.some((counter) => counter === name)) return { of: 'device', device: owner, name }
  if (text.startsWith('nft.')) return { of: 'nftables', name: text.slice('nft.'.length) }
  return { of: 'device', device: owner, name }
}

/**
 * That there is no counter of this name, and which there are: those of the same protocol, device or
 * tool where there are any, else all kinds.
 *
 * @param known names of counters there
 */
export function noCounter(name: string, place: string, known: Iterable<string>): string {
  const all = [...known]
  const group = groupOf(name)
  const alike = all.filter((one) => groupOf(one) === group)
  const meant = nearest(name, alike) ?? nearest(name, all)
  const suggestion = meant === undefined ? '' : `; did you mean "${meant}"?`
  const there = alike.length > 0 ? alike : [...new Set(all.map((one) => `${groupOf(one)}.…`))]
  return `no counter "${name}" in ${place}${suggestion} (there: ${there.length === 0 ? 'none' : there.join(', ')})`
}

/** What stands before a counter's own name. */
function groupOf(name: string): string {
  const parsed = parseCounterName(name)
  switch (parsed?.of) {
    case 'protocol':
      return parsed.protocol
    case 'device':
      return parsed.device
    case 'driver':
      return `${parsed.device}.ethtool`
    case 'nftables':
      return 'nft'
    case 'map':
      return `map.${parsed.map}`
    case undefined:
      return name
  }
}
