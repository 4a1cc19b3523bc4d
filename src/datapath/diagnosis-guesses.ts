/** What is likely to blame where no counter of the kernel says: what there is on the way. Pure. */
import { hookNamed } from '../parts/hooks/hooks.ts'
import { veth } from '../parts/links/veth.ts'
import { isPair, linkEnds } from '../scenario/link-ends.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { Counters } from '../parts/proofs/proof.ts'
import { explain, type Loss } from './diagnosis-causes.ts'

/** A few frames that come by themselves: ARP, mostly. */
const strayFrames = 8

/**
 * Likely reasons for `lost` packets that no counter explains, one sentence each, the surest first.
 *
 * @param counters by namespace
 */
export function guess(
  path: ScenarioPath,
  loss: Loss,
  lost: number,
  counters: ReadonlyMap<string, Counters>,
): string[] {
  const strayed = elsewhere(path, loss, lost)
  if (strayed.length > 0)
    return strayed.flatMap(({ device, sent }) => [
      `they left ${loss.namespace} by ${device}, which sent ${sent}, and not by ${loss.departure}`,
      ...behind(path, loss.namespace, device, counters),
    ])
  const suspects = wouldDrop(path, loss)
  const silent = unresolved(loss, lost)
  const sent = sentBy(loss, loss.departure)
  // Where not even a request for an address left, what may drop is the likelier.
  return sent === 0 && suspects.length > 0 ? suspects : [...silent, ...suspects]
}

const sentBy = ({ counters }: Loss, device: string | undefined): number =>
  counters.get(`${device}.txPackets`) ?? 0

/**
 * That an XDP program passed frames on to a veth device which cannot take them: it does so only where the
 * other end receives by NAPI, which an XDP program there or GRO switches on (veth_xdp_xmit() in
 * drivers/net/veth.c). Else they vanish, or count as drops of the queue by which they came in.
 */
export function silentXdpPeer({ programs, topology }: ScenarioPath, loss: Loss): string[] {
  return programs.flatMap(({ hook, namespace, device, program }) => {
    if (namespace !== loss.namespace || !hookNamed(hook).isInDriver) return []
    const thrown = thrownOn(loss, device)
    const peer = vethPeer(topology.links, namespace, loss.departure ?? device)
    if (thrown === 0 || peer === undefined || peer.offload.gro === true) return []
    const isReady = programs.some(
      (one) =>
        hookNamed(one.hook).isInDriver && one.namespace === peer.namespace && one.device === peer.device,
    )
    return isReady
      ? []
      : [
          `${program} at ${hook} of ${namespace}/${device} passed ${thrown} on (XDP_REDIRECT or XDP_TX), and there is no XDP program (or GRO) at the veth peer ${peer.namespace}/${peer.device}, which therefore takes none: attach nop_xdp there`,
        ]
  })
}

function vethPeer(links: ScenarioPath['topology']['links'], namespace: string, device: string) {
  return otherEnd(
    Object.values(links).filter(({ kind }) => kind === veth.name),
    namespace,
    device,
  )
}

/** The end of a pair that a device is the other of. */
function otherEnd(
  links: readonly ScenarioPath['topology']['links'][string][],
  namespace: string,
  device: string,
) {
  for (const { ends } of links.filter(isPair)) {
    const own = ends.findIndex((end) => end.namespace === namespace && end.device === device)
    if (own !== -1) return ends[1 - own]
  }
  return undefined
}

/** Frames that XDP programs at a device passed on, or could not, over its queues. */
const thrownOn = ({ counters }: Loss, device: string): number =>
  [...counters].reduce((sum, [name, count]) => {
    const isOfDevice = name.startsWith(`${device}.ethtool.`)
    return isOfDevice && /\.rx_queue_\d+_(xdp_redirect|xdp_tx|drops)$/.test(name) ? sum + count : sum
  }, 0)

/** That another device of the namespace sent about as many. */
function elsewhere(
  { topology }: ScenarioPath,
  loss: Loss,
  lost: number,
): { readonly device: string; readonly sent: number }[] {
  const { namespace, arrival, departure } = loss
  if (departure === undefined) return []
  return linkEnds(topology)
    .filter((end) => end.namespace === namespace && end.device !== departure && end.device !== arrival)
    .flatMap(({ device }) => {
      const sent = sentBy(loss, device)
      return sent >= lost ? [{ device, sent }] : []
    })
}

/** What the counters say of where such a device leads. */
function behind(
  { topology }: ScenarioPath,
  namespace: string,
  device: string,
  counters: ReadonlyMap<string, Counters>,
): string[] {
  const end = otherEnd(Object.values(topology.links), namespace, device)
  const own = end && counters.get(end.namespace)
  if (own === undefined) return []
  const { namespace: there, device: arrival } = end!
  return explain({ namespace: there, arrival, departure: undefined, counters: own }).flatMap(
    ({ hint }) => hint ?? [],
  )
}

/** That the stack gave packets out, and the device sent but a few frames: ARP that nobody answers. */
function unresolved(loss: Loss, lost: number): string[] {
  const { namespace, departure, counters } = loss
  if (departure === undefined) return []
  const given = ['Ip.ForwDatagrams', 'Ip.OutRequests', 'Ip6.OutForwDatagrams', 'Ip6.OutRequests']
    .map((name) => counters.get(name) ?? 0)
    .reduce((most, count) => Math.max(most, count), 0)
  if (given < lost || sentBy(loss, departure) > strayFrames) return []
  return [
    `the next hop behind ${namespace}/${departure} does not answer ARP (or neighbour solicitation), so that its MAC address is unknown`,
  ]
}

/** Programs and rules on the way that may drop without a counter of the kernel. */
function wouldDrop({ programs, topology }: ScenarioPath, { namespace, arrival, departure }: Loss): string[] {
  const here = programs
    .filter((one) => one.namespace === namespace && (one.device === arrival || one.device === departure))
    .map(({ program, hook, device }) => `${program} at ${hook} of ${namespace}/${device}`)
  const rules =
    (topology.namespaces[namespace]?.nftables ?? '') === '' ? [] : [`the nftables rules of ${namespace}`]
  const suspects = [...here, ...rules]
  if (suspects.length === 0) return []
  return [`${suspects.join(', or ')}: on their way, and what is dropped there is in no counter of the kernel`]
}
