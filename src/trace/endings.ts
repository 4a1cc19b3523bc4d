/** Where packets ended that did not arrive, and why. Pure. */
import { hookedPrograms, type HookedProgram, type ScenarioPath } from '../scenario/scenario.ts'
import { pairsOf } from '../scenario/link-ends.ts'
import { bareReason, dropReasons } from './drop-reasons.ts'
import type { Sighting, TracedPacket } from './packets.ts'
import type { Verdict } from './verdict.ts'
import { dropStation, sendStation, stationOf, stationTitle } from './stations.ts'

/** Packets that ended alike. */
export interface Ending {
  readonly kind: 'request' | 'reply'
  readonly packets: number
  readonly where: string
  readonly words: string
}

/** The end of each direction's packets that did not arrive, the most frequent first. */
export function endingsOf(packets: readonly TracedPacket[], path: ScenarioPath): Ending[] {
  const ended = packets.flatMap(({ kind, sightings, isReceived }): Omit<Ending, 'packets'>[] => {
    const isOneWay = kind === 'request' || kind === 'reply'
    if (isReceived || !isOneWay) return []
    return [{ kind, ...endOf(sightings, path) }]
  })
  const alike = Map.groupBy(ended, ({ kind, where, words }) => `${kind} ${where} ${words}`)
  return [...alike.values()]
    .flatMap((same) => same.slice(0, 1).map((one) => ({ ...one, packets: same.length })))
    .toSorted((a, b) => b.packets - a.packets)
}

function endOf(sightings: readonly Sighting[], path: ScenarioPath): Pick<Ending, 'where' | 'words'> {
  const drop = sightings.findLast(({ station }) => station === dropStation)
  const seen = sightings.filter(({ station }) => station !== dropStation)
  const last = seen.at(-1)
  if (drop === undefined) return { where: placeText(last, last), words: lostWords(seen, path) }
  const { reason, symbol, isDown } = drop.dropped ?? {}
  const name = nameOf(bareReason(reason ?? 'NOT_SPECIFIED'), symbol)
  const cause =
    returnedWords(name, last) ??
    programWords(name, drop, path) ??
    (isDown === true ? dropReasons.DEV_READY : placeWords[`${name} ${symbol}`]) ??
    dropReasons[name]
  const by = symbol === undefined ? '' : ` in ${symbol}()`
  return {
    where: placeText(drop, last),
    words: cause === undefined ? `dropped${by}: ${name}` : `dropped${by}: ${cause} (${name})`,
  }
}

/** What drops for an XDP program gives no reason of its own, at least up to Linux 6.18 (do_xdp_generic(), veth_xdp_rcv_skb()). */
const nameOf = (reason: string, symbol = ''): string =>
  reason === 'NOT_SPECIFIED' && symbol.includes('_xdp_') ? 'XDP' : reason

/** Of reasons that the kernel gives for several things, by the function that gives them. */
const placeWords: Readonly<Record<string, string>> = {
  'IP_INHDR ip_forward': 'its time to live is used up',
  'IP_INHDR ip6_forward': 'its hop limit is used up',
  'NOT_SPECIFIED skb_do_redirect': 'the device that a program redirected it to is not there, or takes none',
}

/** Its device, or that where it was just before in the same namespace. */
function placeText(at: Sighting | undefined, before: Sighting | undefined): string {
  const namespace = at?.namespace ?? ''
  const device = at?.device ?? (before?.namespace === namespace ? before.device : undefined)
  return device === undefined ? namespace : `${namespace}/${device}`
}

/** Where hooks drop, by reason: how their names begin, and what a program there returned; XDP_ABORTED has a station of its own. */
const hookDrops: Readonly<
  Record<string, { readonly hook: RegExp; readonly where: string; readonly returned: string }>
> = {
  TC_INGRESS: { hook: /^(tc|tcx)\/ingress$/, where: 'ingress', returned: 'TC_ACT_SHOT' },
  TC_EGRESS: { hook: /^(tc|tcx)\/egress$/, where: 'egress', returned: 'TC_ACT_SHOT' },
  XDP: { hook: /^xdp/, where: 'XDP', returned: 'XDP_DROP' },
}

/** As its own end tells it. */
const returnedWords = (reason: string, last: Sighting | undefined): string | undefined =>
  hookDrops[reason] === undefined || last?.verdict?.packet !== 'ends'
    ? undefined
    : `program ${last.verdict.program} returned ${last.verdict.words}`

function programWords(
  reason: string,
  { namespace, device }: Sighting,
  path: ScenarioPath,
): string | undefined {
  const hookDrop = hookDrops[reason]
  if (hookDrop === undefined) return undefined
  const there = hookedPrograms(path).filter(
    (program) =>
      hookDrop.hook.test(program.hook) &&
      program.namespace === namespace &&
      (device === undefined || program.device === device),
  )
  const [only] = there
  if (only === undefined) return `what is at ${hookDrop.where} there dropped it`
  return there.length === 1
    ? `program ${only.program} returned ${hookDrop.returned}`
    : `one of the programs ${there.map(({ program }) => program).join(', ')} returned ${hookDrop.returned}`
}

/** Of a packet that was last seen at a program's end. */
const verdictLoss = ({ program, words, packet }: Verdict): string =>
  packet === 'ends'
    ? `program ${program} returned ${words}`
    : `program ${program} returned ${words}, and nothing was seen of it from then on`

/** What a call does before there is a packet. */
const beforePacket = [sendStation, 'sys_enter_sendto', 'fib_table_lookup']

/** Of a packet that no one was seen to drop. */
function lostWords(seen: readonly Sighting[], path: ScenarioPath): string {
  const last = seen.at(-1)
  if (last === undefined || seen.every(({ station }) => beforePacket.includes(station)))
    return 'the send call made no packet of it: there is no route, or it is not permitted'
  if (last.station === 'neigh_event_send_done')
    return 'no neighbour: it waits for the next hop to answer, which does not'
  if (last.verdict !== undefined) return verdictLoss(last.verdict)
  const { function: place } = stationOf(last.station)
  const suspects = programsNext(last, path)
  const likely =
    suspects.length === 0
      ? ''
      : `; next is ${suspects.map(({ program, hook, namespace, device }) => `program ${program} at ${hook} of ${namespace}/${device}`).join(', ')}`
  return `last seen at ${stationTitle(last.station)} (${place}()), and nobody tells of a drop${likely}`
}

/** Programs that a packet comes to next, where what takes it away leaves no trace: at the other end of the link, or where it is. */
function programsNext({ station, namespace, device }: Sighting, path: ScenarioPath): HookedProgram[] {
  const pair = pairsOf(path.topology).find(([, { ends }]) =>
    ends.some((end) => end.namespace === namespace && end.device === device),
  )
  const other = pair?.[1].ends.find((end) => end.namespace !== namespace || end.device !== device)
  const isLeaving = station === 'net_dev_start_xmit' || station === 'net_dev_xmit'
  const at = isLeaving ? other : { namespace, device }
  return hookedPrograms(path).filter(
    (program) =>
      program.namespace === at?.namespace && program.device === at.device && !program.hook.endsWith('egress'),
  )
}
