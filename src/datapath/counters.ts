/** The kernel's own counters of a network namespace. */
/** Counts by name: `Ip.ForwDatagrams`, `veth2@1.txPackets`. */
export type Counters = ReadonlyMap<string, number>

/** The counts in the texts of /proc/net/snmp and /proc/net/dev, one after the other. */
export function parseCounters(text: string): Counters {
  const counters = new Map<string, number>()
  let names: RegExpExecArray | null = null
  for (const line of text.split('\n')) {
    // snmp: a line of names, then a line of values with the same first word.
    if (names !== null) {
      const values = line.split(' ').slice(1)
      for (const [place, name] of (names[2] ?? '').split(' ').entries())
        counters.set(`${names[1]}.${name}`, Number(values[place]))
      names = null
      continue
    }
    names = /^([A-Za-z]+): ([A-Za-z ]+\w)$/.exec(line)
    // dev: bytes packets errs drop fifo frame compressed multicast, received then sent. The last
    // colon ends the name, as a name has none.
    const device = /^\s*([^\s:]+):\s*([\d\s]+)$/.exec(line)
    const counts = device?.[2]?.trim().split(/\s+/).map(Number) ?? []
    if (counts.length === 16) {
      counters.set(`${device?.[1]}.rxPackets`, counts[1] ?? 0)
      counters.set(`${device?.[1]}.txPackets`, counts[9] ?? 0)
    }
  }
  return counters
}

/** What was counted between two readings. */
export function countersBetween(before: Counters, after: Counters): Counters {
  return new Map([...after].map(([name, value]) => [name, value - (before.get(name) ?? 0)]))
}
