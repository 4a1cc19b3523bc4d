/** Whether the kernel's counters contradict the way that a path says its requests go. Pure. */
import { loadOf } from '../parts/loads/loads.ts'
import type { TrialResult } from '../parts/loads/trial-result.ts'
import type { Counters } from '../parts/proofs/proof.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import { forwardedBy } from './counters.ts'

/** Packets of trials of one kind, as the kernel carries them: several datagrams or segments may be one. */
export interface Carried {
  /** So many requests at least. */
  readonly requests: number
  /** So many replies at most. */
  readonly replies: number
}

/** What both ends counted of a trial. Of HTTP they count requests alone, each of which is a packet at least. */
export const carriedIn = ({
  kind,
  received,
  traffic,
}: Pick<TrialResult, 'kind' | 'received' | 'traffic'>): Carried =>
  loadOf(kind).counted === 'requests'
    ? { requests: received, replies: Infinity }
    : {
        requests: traffic.requestsReceived - traffic.merged + traffic.tcp.requests.least,
        replies: traffic.repliesSent + traffic.tcp.replies.most,
      }

export const addCarried = (a: Carried, b: Carried): Carried => ({
  requests: a.requests + b.requests,
  replies: a.replies + b.replies,
})

/** Fewer requests prove nothing: devices see ARP, too. */
const fewestRequests = 100
/** A device on the way that saw a smaller share of the requests was not on theirs, be they dealt out over many servers. */
const leastSeen = 0.01
/** A stack that forwarded a greater share of them, beyond all replies, was on their way. */
const mostForwarded = 0.5
/** A path may leave to the stack, either way, what begins a flow, and what begins and ends a connection. */
const sparedOfFlow = 2
const sparedOfConnection = 4

type CheckedPath = Pick<ScenarioPath, 'way' | 'returnWay' | 'servers' | 'topology'>

/** What was counted of a path in a round. */
export interface CountedRound {
  /** The client's namespace. */
  readonly client: string
  /** Sockets that it sends from. */
  readonly flows: number
  /** By kind of trial. */
  readonly carried: readonly Carried[]
  /** What the kernel counted meanwhile, by namespace. */
  readonly counters: ReadonlyMap<string, Counters>
}

/**
 * What contradicts a path's `way`, between client and servers, in words: `netns-2/veth1@2 saw 3 of 5600`. A path that tells
 * no way is contradicted by nothing. A bridge counts what is for itself alone.
 */
export function contradictionsOf(path: CheckedPath, round: CountedRound): string[] {
  const kinds = round.carried.filter(({ requests }) => requests >= fewestRequests)
  if (kinds.length === 0) return []
  const ends = new Set([round.client, ...path.servers.map(({ namespace }) => namespace)])
  const between = path.way.filter(({ namespace }) => !ends.has(namespace))
  const requests = round.carried.reduce((sum, one) => sum + one.requests, 0)
  return [...unseenDevices(path, between, requests, round), ...forwardingStacks(path, between, kinds, round)]
}

const countersIn = ({ counters }: CountedRound, namespace: string): Counters =>
  counters.get(namespace) ?? new Map<string, number>()

function unseenDevices(
  { topology }: CheckedPath,
  between: ScenarioPath['way'],
  requests: number,
  round: CountedRound,
): string[] {
  return between.flatMap((step) => {
    if (step.through !== 'device' || Object.hasOwn(topology.bridges, step.device)) return []
    const { namespace, device } = step
    const seen = ['rxPackets', 'txPackets'].map((name) =>
      countersIn(round, namespace).get(`${device}.${name}`),
    )
    const most = Math.max(...seen.map((count) => count ?? requests))
    return most < requests * leastSeen ? [`${namespace}/${device} saw ${most} of ${requests}`] : []
  })
}

/** @param kinds what was carried of kinds with enough requests to tell */
function forwardingStacks(
  { returnWay }: CheckedPath,
  between: ScenarioPath['way'],
  kinds: readonly Carried[],
  round: CountedRound,
): string[] {
  const requests = kinds.reduce((sum, one) => sum + one.requests, 0)
  const fewest = Math.min(...kinds.map((one) => one.requests))
  const spared = sparedOfFlow * round.flows + sparedOfConnection * opened(countersIn(round, round.client))
  const replies = Math.min(
    round.carried.reduce((sum, one) => sum + one.replies, 0),
    receivedBy(countersIn(round, round.client)),
  )
  return [...Map.groupBy(between, ({ namespace }) => namespace)].flatMap(([namespace, steps]) => {
    if (steps.some(({ through }) => through === 'stack')) return []
    // Where nothing is said of them, replies may go by the stack.
    const back = returnWay.filter((step) => step.namespace === namespace)
    const isPassedBack = returnWay.length === 0 || back.some(({ through }) => through === 'stack')
    const forwarded = forwardedBy(countersIn(round, namespace)) - (isPassedBack ? replies : 0)
    // All of one kind may go by it while those of another, which are more, do not.
    return forwarded - spared * (isPassedBack ? 1 : 2) > fewest * mostForwarded
      ? [`the network stack of ${namespace} forwarded ${forwarded} of ${requests}`]
      : []
  })
}

/** Connections that a namespace opened. */
const opened = (counters: Counters): number => counters.get('Tcp.ActiveOpens') ?? 0

/** Packets that the devices of a namespace received, loopback aside; without an end where that is not counted. */
function receivedBy(counters: Counters): number {
  const counts = [...counters].filter(([name]) => name.endsWith('.rxPackets') && !name.startsWith('lo.'))
  return counts.length === 0 ? Infinity : counts.reduce((sum, [, count]) => sum + count, 0)
}
