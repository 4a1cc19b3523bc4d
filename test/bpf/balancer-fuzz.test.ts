import { asRoot } from '../netns/as-root.ts'
import { backends, macs, serviceDscp, servicePort, virtualAddress } from './dsr-network.ts'
import { goodErrors } from './icmp-errors.ts'
import { assertChanges } from './judgement.ts'
import { mutantCount, mutantsOf, smallRequests } from './mutation.ts'
import { isToMac, type ParsedPacket, quoteIn } from './parsed-packet.ts'
import { sharedBalancer } from './running-balancer.ts'
import { leastFrameBytes, xdpActions } from './sandboxed-program.ts'

const balancer = sharedBalancer()

/** Tells which packets are for this host and the service, or are errors about flows that were before them. */
function balancedPackets(): (packet: ParsedPacket, frame: Buffer) => boolean {
  const flows = new Set<string>()
  const name = (protocol: number, client: string, port: number) => `${protocol} ${client}:${port}`
  return (packet, frame) => {
    if (!isToMac(frame, macs.here)) return false
    if (packet.ttl <= 1 || packet.destination !== virtualAddress) return false
    if (packet.isWhole && packet.ports?.destination === servicePort) {
      flows.add(name(packet.protocol, packet.source, packet.ports.source))
      return true
    }
    const quote = quoteIn(packet)
    return (
      quote?.source === virtualAddress &&
      quote.ports.source === servicePort &&
      flows.has(name(quote.protocol, quote.destination, quote.ports.destination))
    )
  }
}

asRoot(
  'whatever comes to the balancer, it changes what it is to balance, rightly, and nothing else',
  async (t) => {
    const inputs = mutantsOf([...smallRequests, ...Object.values(goodErrors())], leastFrameBytes.xdp)
    const outcomes = await balancer.withBackend(backends.behindRouter, inputs)
    const isBalanced = balancedPackets()
    const changed = assertChanges(
      t,
      inputs,
      outcomes.map(({ frame }) => frame),
      (packet, input) =>
        isBalanced(packet, input)
          ? {
              sourceMac: macs.here,
              destinationMac: macs.router,
              dscp: serviceDscp,
              ttl: packet.ttl - 1,
              destination: backends.behindRouter,
              hasTransportChecksum: packet.protocol !== 1,
            }
          : undefined,
    )
    const count = (action: number) => outcomes.filter((outcome) => outcome.action === action).length
    t.is(count(xdpActions.tx), changed)
    t.is(count(xdpActions.pass), mutantCount - changed)
  },
)
