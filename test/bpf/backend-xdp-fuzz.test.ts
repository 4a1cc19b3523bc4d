import { asRoot } from '../netns/as-root.ts'
import { backends, macs, marked, serviceDscp, virtualAddress } from './dsr-network.ts'
import { goodErrors } from './icmp-errors.ts'
import { assertChanges } from './judgement.ts'
import { mutantsOf, smallRequests } from './mutation.ts'
import { isToMac, type ParsedPacket, quoteIn } from './parsed-packet.ts'
import { sharedBackend } from './running-backend.ts'
import { leastFrameBytes } from './sandboxed-program.ts'

const backend = sharedBackend('dsr-backend-xdp')

/** Whether a packet is a whole one or a fragment of TCP or UDP, or an error about the service. */
function isOfService(packet: ParsedPacket): boolean {
  const { protocol, fragmentOffset, hasMoreFragments, ports, isWhole } = packet
  if (fragmentOffset > 0) return protocol === 6 || protocol === 17
  if (hasMoreFragments) return ports !== undefined
  return isWhole || quoteIn(packet)?.source === virtualAddress
}

asRoot(
  'whatever comes to the XDP backend, it changes what is marked, rightly, and nothing else',
  async (t) => {
    const errors = Object.values(goodErrors({ destination: backends.behindRouter, dscp: serviceDscp }))
    const inputs = mutantsOf([...smallRequests.map(marked), ...errors], leastFrameBytes.xdp)
    const outcomes = await backend.programs.run('restore_destination', inputs)
    assertChanges(
      t,
      inputs,
      outcomes.map(({ frame }) => frame),
      (packet, input) =>
        isToMac(input, macs.here) && packet.dscp === serviceDscp && isOfService(packet)
          ? {
              destination: virtualAddress,
              hasTransportChecksum: packet.protocol !== 1 && packet.fragmentOffset === 0,
            }
          : undefined,
    )
  },
)
