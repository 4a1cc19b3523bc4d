/** The kernel's own counters of a network namespace. */
import { deviceColumns } from '../parts/proofs/counter-name.ts'
import type { Counters } from '../parts/proofs/proof.ts'

/**
 * A line of /proc/net/snmp6 is a protocol and a counter without anything between them. Messages by number
 * (Icmp6InType135) are left out: the kernel prints those that it has counted, and no others.
 */
const snmp6Line = /^(Ip6|Icmp6|UdpLite6|Udp6)(?!(?:In|Out)Type\d)([A-Z]\w*)\s+(\d+)$/
/** IcmpMsg has messages by number. */
const namesLine = /^(?!IcmpMsg)([A-Za-z]+): ([A-Za-z]\w*(?: [A-Za-z]\w*)*)$/

/** The counts in the texts of /proc/net/snmp, netstat, snmp6 and dev, one after the other. */
export function parseCounters(text: string): Counters {
  const counters = new Map<string, number>()
  let names: RegExpExecArray | null = null
  for (const line of text.split('\n')) {
    // snmp and netstat: a line of names, then a line of values with the same first word.
    if (names !== null) {
      const values = line.split(' ').slice(1)
      for (const [place, name] of (names[2] ?? '').split(' ').entries())
        counters.set(`${names[1]}.${name}`, Number(values[place]))
      names = null
      continue
    }
    names = namesLine.exec(line)
    if (names !== null) continue
    const inSnmp6 = snmp6Line.exec(line)
    if (inSnmp6 !== null) {
      counters.set(`${inSnmp6[1]}.${inSnmp6[2]}`, Number(inSnmp6[3]))
      continue
    }
    // dev: the last colon ends the name, as a name has none.
    const device = /^\s*([^\s:]+):\s*([\d\s]+)$/.exec(line)
    const counts = device?.[2]?.trim().split(/\s+/).map(Number) ?? []
    if (counts.length === deviceColumns.length)
      for (const [place, column] of deviceColumns.entries())
        counters.set(`${device?.[1]}.${column}`, counts[place] ?? 0)
  }
  return counters
}

/** What was counted between two readings. */
export function countersBetween(before: Counters, after: Counters): Counters {
  return new Map([...after].map(([name, value]) => [name, value - (before.get(name) ?? 0)]))
}

/** How many packets the network stack forwarded, of both families. */
export const forwardedBy = (counters: Counters): number =>
  (counters.get('Ip.ForwDatagrams') ?? 0) + (counters.get('Ip6.OutForwDatagrams') ?? 0)
