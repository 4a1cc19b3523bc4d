/** From what probes saw to packets, each with the stations of its way. Pure. */
import type { HookedProgram } from '../scenario/scenario.ts'
import type { PacketKind, TraceEvent } from './event.ts'
import { hookStation, programStation, receiveStation, sendStation } from './stations.ts'
import { type Verdict, verdictOf } from './verdict.ts'

const programEnds = 'program_ends'
const [receiveCall, receiveDone] = ['sys_enter_recvfrom', 'sys_exit_recvfrom']

/** A packet at a station. */
export interface Sighting {
  readonly station: string
  /** As the scenario calls them; no device where the packet has none, as in a socket's queue. */
  readonly namespace: string
  readonly device: string | undefined
  /** So many times it was at this station in this place before. */
  readonly occurrence: number
  /** CLOCK_MONOTONIC: when it came there, and when the probe there had done with it. */
  readonly ns: number
  readonly endNs: number
  readonly cpu: number
  readonly dropped?: TraceEvent['dropped']
  /** At the end of a program. */
  readonly verdict?: Verdict
}

export interface TracedPacket {
  readonly trialId: number
  readonly sequence: number
  readonly kind: PacketKind
  /** In time's order; the first is the call that sent it. */
  readonly sightings: readonly Sighting[]
  /** Whether the other end's receive call is known to have taken it. */
  readonly isReceived: boolean
}

/** Where the namespaces of a path are. */
export interface PathPlaces {
  readonly client: string
  /** By a namespace's number in /proc. */
  readonly namespaces: ReadonlyMap<number, NamespacePlace>
  /** Where the tracer's programs are attached, by their place in its order: one may be so at several hooks. */
  readonly programs: ReadonlyMap<number, readonly HookedProgram[]>
}

export interface NamespacePlace {
  readonly name: string
  /** By their numbers. */
  readonly devices: ReadonlyMap<number, string>
}

/** What two packets have in common that are at the same station. */
export const stationKey = ({
  station,
  namespace,
  device,
  occurrence,
}: Pick<Sighting, 'station' | 'namespace' | 'device' | 'occurrence'>): string =>
  `${station} ${namespace}/${device ?? ''} ${occurrence}`

/**
 * Those packets that were seen in a path's namespaces.
 *
 * @param leadPackets the first so many of each trial are left out
 */
export function packetsOf(
  events: readonly TraceEvent[],
  places: PathPlaces,
  leadPackets: number,
): TracedPacket[] {
  const { namespaces } = places
  // In a socket's queue a packet has no namespace: its trial tells whose it is.
  const trials = new Set(
    events.filter(({ namespaceInode }) => namespaces.has(namespaceInode)).map(({ trialId }) => trialId),
  )
  const own = events.filter(({ trialId, sequence }) => trials.has(trialId) && sequence >= leadPackets)
  const byPacket = Map.groupBy(own, ({ trialId, sequence, kind }) => `${trialId} ${sequence} ${kind}`)
  return [...byPacket.values()].map((seen) => packetOf(seen, byPacket, places))
}

/** What a packet answers. */
const answerOf: Readonly<Partial<Record<PacketKind, PacketKind>>> = { reply: 'request', answer: 'question' }

function packetOf(
  seen: readonly TraceEvent[],
  byPacket: ReadonlyMap<string, readonly TraceEvent[]>,
  places: PathPlaces,
): TracedPacket {
  const { trialId, sequence, kind, serverNs, sendNs } = seen[0]!
  // A request's own header does not tell when it was received, its reply's does.
  const reply = byPacket.get(`${trialId} ${sequence} reply`)?.[0]
  const endNs = kind === 'request' ? reply?.serverNs : undefined
  const asked = answerOf[kind]
  const request = asked === undefined ? [] : (byPacket.get(`${trialId} ${sequence} ${asked}`) ?? [])
  const takenNs = request.find(({ station }) => station === receiveDone)?.ns ?? seen[0]!.ns
  const startNs = kind === 'reply' ? serverNs : kind === 'answer' ? takenNs : sendNs
  const inTime = inOrder(seen).filter(({ ns }) => ns >= startNs && (endNs === undefined || ns <= endNs))
  const first = placed(inOrder(request), places, places.client).at(-1)?.namespace ?? places.client
  const sightings = placed(inTime, places, first)
  const last = sightings.at(-1)?.namespace ?? first
  const at = (station: string, namespace: string, ns: number, cpu: number): Sighting => ({
    ...{ station, namespace, device: undefined, occurrence: 0, ns, endNs: ns, cpu },
  })
  return {
    ...{
      trialId,
      sequence,
      kind,
      isReceived: endNs !== undefined || inTime.some(({ station }) => station === receiveDone),
    },
    sightings: [
      at(sendStation, first, startNs, inTime[0]?.cpu ?? 0),
      ...sightings,
      ...(endNs === undefined ? [] : [at(receiveStation, last, endNs, inTime.at(-1)?.cpu ?? 0)]),
    ],
  }
}

/**
 * In time's order. The call that took a packet may have been under way when that came: it begins for the packet then,
 * and nothing is known of how long its own probe took.
 */
function inOrder(seen: readonly TraceEvent[]): TraceEvent[] {
  const doneNs = seen.find(({ station }) => station === receiveDone)?.ns ?? Infinity
  // Copying is what that call does.
  const others = seen.filter(
    ({ station }) => station !== receiveCall && station !== 'skb_copy_datagram_iovec',
  )
  const readyNs = Math.max(0, ...others.filter(({ ns }) => ns < doneNs).map(({ endNs }) => endNs))
  return seen
    .map((event) => {
      if (event.station !== receiveCall) return event
      const ns = Math.min(doneNs, Math.max(event.ns, readyNs))
      return { ...event, ns, endNs: ns }
    })
    .toSorted((a, b) => a.ns - b.ns)
}

/** Where there is no telling, a packet is where it was before, and at first where it is sent. */
function placed(events: readonly TraceEvent[], places: PathPlaces, first: string): Sighting[] {
  const seen = new Map<string, number>()
  let namespace = first
  return events.map((event) => {
    const { namespaceInode, ifindex, ns, endNs, cpu, dropped } = event
    const place = places.namespaces.get(namespaceInode)
    namespace = place?.name ?? namespace
    const device = place?.devices.get(ifindex)
    const { station, verdict } = atHook(event, hooksOf(event, places, namespace, device), place)
    const key = `${station} ${namespace} ${device ?? ''}`
    const occurrence = seen.get(key) ?? 0
    seen.set(key, occurrence + 1)
    return {
      station,
      namespace,
      device,
      occurrence,
      ns,
      endNs,
      cpu,
      ...(dropped === undefined ? {} : { dropped }),
      ...(verdict === undefined ? {} : { verdict }),
    }
  })
}

/** Where the program of an event is, as far as there is telling. */
function hooksOf(
  { program }: TraceEvent,
  { programs }: PathPlaces,
  namespace: string,
  device: string | undefined,
): readonly HookedProgram[] {
  const all = (program === undefined ? undefined : programs.get(program.program)) ?? []
  const here = all.filter((one) => one.namespace === namespace && one.device === device)
  return here.length === 0 ? all : here
}

/** A program's beginning is the hook's station, its end its own; what XDP does then is the kernel's. */
function atHook(
  { station, program }: TraceEvent,
  hooks: readonly HookedProgram[],
  place: NamespacePlace | undefined,
): { readonly station: string; readonly verdict?: Verdict | undefined } {
  const [first] = hooks
  if (program === undefined || first === undefined) return { station }
  if (program.returned === undefined)
    return { station: hookStation(hooks.map(({ hook }) => hook).join(' or ')) }
  const verdict = verdictOf(first, program, place?.devices ?? new Map())
  return { station: station === programEnds ? programStation(first.program) : station, verdict }
}
