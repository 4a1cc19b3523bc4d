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

/** Of fewer, what else passes, such as ARP, is too large a share: they prove nothing of a stack, and that some are missing. */
const fewestRequests = 100
/** A device on the way that saw a smaller share of the requests was not on theirs, be they dealt out over several routes. */
const leastSeen = 0.1
/** The same, where they are dealt out over many servers. */
const leastSeenOfServers = 0.01
/** With one server, what is on the way of all requests sees about as many: fewer, and some went another way. */
const allSeen = 0.9
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
  const between = betweenEnds(path, round)
  const requests = requestsOf(round)
  const least = requests * (path.servers.length > 1 ? leastSeenOfServers : leastSeen)
  return [
    ...seenByDevices(path, round).flatMap(({ seen, words }) => (seen < least ? [words] : [])),
    ...(kinds.length === 0 ? [] : forwardingStacks(path, between, kinds, round)),
  ]
}

/**
 * What says that some requests of a path with one server go another way than it tells, in words: not enough to contradict it, as
 * they may be dealt out over several routes, and a program or a card may take them past a stack that it is part of.
 */
export function doubtsOf(path: CheckedPath, round: CountedRound): string[] {
  const requests = requestsOf(round)
  if (path.servers.length > 1 || requests < fewestRequests) return []
  const stacks = new Set(
    betweenEnds(path, round).flatMap(({ through, namespace }) => (through === 'stack' ? [namespace] : [])),
  )
  return [
    ...seenByDevices(path, round),
    ...[...stacks].map((namespace) => {
      const counters = countersIn(round, namespace)
      const seen = counters.size === 0 ? requests : forwardedBy(counters) + deliveredBy(counters)
      return { seen, words: `the network stack of ${namespace} saw ${seen} of ${requests}` }
    }),
  ].flatMap(({ seen, words }) => (seen < requests * allSeen ? [words] : []))
}

const requestsOf = ({ carried }: CountedRound): number => carried.reduce((sum, one) => sum + one.requests, 0)

function betweenEnds({ way, servers }: CheckedPath, { client }: CountedRound): ScenarioPath['way'] {
  const ends = new Set([client, ...servers.map(({ namespace }) => namespace)])
  return way.filter(({ namespace }) => !ends.has(namespace))
}

/** Packets to a namespace itself, as to a proxy in it. */
const deliveredBy = (counters: Counters): number =>
  (counters.get('Ip.InDelivers') ?? 0) + (counters.get('Ip6.InDelivers') ?? 0)

const countersIn = ({ counters }: CountedRound, namespace: string): Counters =>
  counters.get(namespace) ?? new Map<string, number>()

/** How many requests each device on the way may have seen, in words too. */
function seenByDevices(path: CheckedPath, round: CountedRound) {
  const requests = requestsOf(round)
  const all = visitsOf(betweenEnds(path, round)).flatMap(({ namespace, devices }) =>
    devices.flatMap((device, index) => {
      if (Object.hasOwn(path.topology.bridges, device)) return []
      const counts = countedWhere(index, devices.length).map(
        (name) => countersIn(round, namespace).get(`${device}.${name}`) ?? requests,
      )
      const seen = Math.max(...counts)
      return [{ seen, words: `${namespace}/${device} saw ${seen} of ${requests}` }]
    }),
  )
  return [...new Map(all.map((one) => [one.words, one])).values()]
}

/** The devices by which a way enters, crosses and leaves a namespace, each time that it comes there. */
function visitsOf(
  between: ScenarioPath['way'],
): { readonly namespace: string; readonly devices: string[] }[] {
  const visits: { namespace: string; devices: string[] }[] = []
  for (const step of between) {
    if (visits.at(-1)?.namespace !== step.namespace) visits.push({ namespace: step.namespace, devices: [] })
    if (step.through === 'device') visits.at(-1)!.devices.push(step.device)
  }
  return visits
}

/**
 * Requests enter by the first of a namespace's devices, and leave by the last: replies, which go the other way, are not taken
 * for them.
 */
function countedWhere(index: number, devices: number): readonly ('rxPackets' | 'txPackets')[] {
  if (devices > 1 && index === 0) return ['rxPackets']
  if (devices > 1 && index === devices - 1) return ['txPackets']
  return ['rxPackets', 'txPackets']
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
