/** Whether the kernel's counters contradict the way that a path says its requests go. Pure. */
import type { Counters } from '../parts/proofs/proof.ts'
import type { Traffic } from '../parts/traffic.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import { forwardedBy } from './counters.ts'

/** Fewer requests prove nothing: devices see ARP, too. */
const fewestRequests = 100
/** A device on the way that saw a smaller share of the requests was not on theirs, be they dealt out over many servers. */
const leastSeen = 0.01
/** A stack that forwarded a greater share of them, beyond all replies, was on their way. */
const mostForwarded = 0.5

/**
 * What contradicts a path's `way`, between client and servers, in words: `netns-2/veth1@2 saw 3 of 5600`. A path that tells
 * no way is contradicted by nothing. A bridge counts what is for itself alone.
 *
 * @param traffic what both ends counted of the packets of a round
 * @param counters what the kernel counted meanwhile, by namespace
 */
export function contradictionsOf(
  { way, servers, topology }: Pick<ScenarioPath, 'way' | 'servers' | 'topology'>,
  client: string,
  traffic: Traffic,
  counters: ReadonlyMap<string, Counters>,
): string[] {
  // As packets that the kernel carries: several datagrams may be one.
  const requests = traffic.requestsReceived - traffic.merged + traffic.tcp.requests.least
  if (requests < fewestRequests) return []
  const ends = new Set([client, ...servers.map(({ namespace }) => namespace)])
  const between = way.filter(({ namespace }) => !ends.has(namespace))
  const own = (namespace: string): Counters => counters.get(namespace) ?? new Map<string, number>()
  const unseen = between.flatMap((step) => {
    if (step.through !== 'device' || Object.hasOwn(topology.bridges, step.device)) return []
    const { namespace, device } = step
    const seen = ['rxPackets', 'txPackets'].map((name) => own(namespace).get(`${device}.${name}`))
    const most = Math.max(...seen.map((count) => count ?? requests))
    return most < requests * leastSeen ? [`${namespace}/${device} saw ${most} of ${requests}`] : []
  })
  const replies = traffic.repliesSent + traffic.tcp.replies.most
  const forwarding = [...Map.groupBy(between, ({ namespace }) => namespace)].flatMap(([namespace, steps]) => {
    if (steps.some(({ through }) => through === 'stack')) return []
    const forwarded = forwardedBy(own(namespace)) - replies
    return forwarded > requests * mostForwarded
      ? [`the network stack of ${namespace} forwarded ${forwarded} of ${requests}`]
      : []
  })
  return [...unseen, ...forwarding]
}
