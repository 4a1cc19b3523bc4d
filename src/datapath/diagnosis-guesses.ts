/** What is likely to blame where no counter of the kernel says: what there is on the way. Pure. */
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { Loss } from './diagnosis-causes.ts'

/** A loss, and whether counters explain it. */
export interface ToGuess extends Loss {
  readonly lost: number
  readonly isExplained: boolean
}

/** A few frames that come by themselves: ARP, mostly. */
const strayFrames = 8

/** Likely reasons, one sentence each, the surest first. */
export function guess(path: ScenarioPath, loss: ToGuess): string[] {
  const native = silentXdpPeer(path, loss)
  if (native.length > 0) return native
  if (loss.isExplained) return []
  return [...elsewhere(path, loss), ...unresolved(loss), ...wouldDrop(path, loss)]
}

/**
 * A veth device takes frames from XDP only where the other end receives by NAPI, which an XDP program there
 * or GRO switches on (veth_xdp_xmit() in drivers/net/veth.c); else they vanish, uncounted.
 */
function silentXdpPeer({ programs, topology }: ScenarioPath, loss: ToGuess): string[] {
  return programs.flatMap(({ hook, namespace, device, program }) => {
    if (namespace !== loss.namespace || hook !== 'xdp/native') return []
    const thrown = thrownOn(loss, device)
    if (thrown === 0) return []
    const target = loss.departure ?? device
    const peer = peerOf(topology.links, namespace, target)
    if (peer === undefined) return []
    const isReady = programs.some(
      (one) => one.hook === 'xdp/native' && one.namespace === peer.namespace && one.device === peer.device,
    )
    return isReady
      ? []
      : [
          `${program} at xdp/native of ${namespace}/${device} sent ${thrown} on (XDP_REDIRECT or XDP_TX), and there is no XDP program (or GRO) at the veth peer ${peer.namespace}/${peer.device}: attach nop_xdp there`,
        ]
  })
}

function peerOf(links: ScenarioPath['topology']['links'], namespace: string, device: string) {
  for (const [a, b] of Object.values(links)) {
    if (a.namespace === namespace && a.device === device) return b
    if (b.namespace === namespace && b.device === device) return a
  }
  return undefined
}

/** Frames that XDP programs at a device redirected or sent back, over its queues. */
const thrownOn = ({ counters }: Loss, device: string): number =>
  [...counters].reduce((sum, [name, count]) => {
    const isOfDevice = name.startsWith(`${device}.ethtool.`)
    return isOfDevice && /\.rx_queue_\d+_xdp_(redirect|tx)$/.test(name) ? sum + count : sum
  }, 0)

/** That another device of the namespace sent about as many. */
function elsewhere({ topology }: ScenarioPath, { namespace, arrival, departure, counters, lost }: ToGuess) {
  if (departure === undefined) return []
  return Object.values(topology.links)
    .flat()
    .filter((end) => end.namespace === namespace && end.device !== departure && end.device !== arrival)
    .flatMap(({ device }) => {
      const sent = counters.get(`${device}.txPackets`) ?? 0
      return sent >= lost
        ? [`they left ${namespace} by ${device}, which sent ${sent}, and not by ${departure}`]
        : []
    })
}

/** That the stack gave packets out, and the device sent but a few frames: ARP that nobody answers. */
function unresolved({ namespace, departure, counters, lost }: ToGuess): string[] {
  if (departure === undefined || lost <= strayFrames) return []
  const given = ['Ip.ForwDatagrams', 'Ip.OutRequests', 'Ip6.OutForwDatagrams', 'Ip6.OutRequests']
    .map((name) => counters.get(name) ?? 0)
    .reduce((most, count) => Math.max(most, count), 0)
  const sent = counters.get(`${departure}.txPackets`) ?? 0
  if (given < lost || sent > strayFrames) return []
  return [
    `the next hop behind ${namespace}/${departure} does not answer ARP (or neighbour solicitation), so that its MAC address is unknown`,
  ]
}

/** Programs and rules on the way that may drop without a counter of the kernel. */
function wouldDrop(
  { programs, topology }: ScenarioPath,
  { namespace, arrival, departure }: ToGuess,
): string[] {
  const here = programs
    .filter((one) => one.namespace === namespace && (one.device === arrival || one.device === departure))
    .map(({ program, hook, device }) => `${program} at ${hook} of ${namespace}/${device}`)
  const rules =
    (topology.namespaces[namespace]?.nftables ?? '') === '' ? [] : [`the nftables rules of ${namespace}`]
  const suspects = [...here, ...rules]
  return suspects.length === 0
    ? []
    : [
        `${suspects.join(', or ')} dropped them: it is on their way, and a drop of its is in no counter of the kernel`,
      ]
}
