/** What the kernel counted, with what it would have, had packets not been taken before a server's stack. Pure. */
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { PathCounters } from './round-counters.ts'

/** Counters of a stack that count every whole packet which comes to a socket, by the family of addresses. */
const passed = {
  4: ['Ip.InReceives', 'Ip.InDelivers', 'Udp.InDatagrams'],
  6: ['Ip6.InReceives', 'Ip6.InDelivers', 'Udp6.InDatagrams'],
} as const

/** @param taken packets that the generator took, each of them found whole, by server */
export function withTaken(
  counters: PathCounters,
  servers: ScenarioPath['servers'],
  taken: readonly number[],
): PathCounters {
  const all = new Map(counters)
  for (const [index, { namespace, address }] of servers.entries()) {
    const packets = taken[index] ?? 0
    const old = all.get(namespace)
    if (packets === 0 || old === undefined) continue
    const names = passed[address.includes(':') ? 6 : 4]
    all.set(
      namespace,
      new Map([
        ...old,
        ...names.flatMap((name) => {
          const value = old.get(name)
          return value === undefined ? [] : [[name, value + packets] as const]
        }),
      ]),
    )
  }
  return all
}
