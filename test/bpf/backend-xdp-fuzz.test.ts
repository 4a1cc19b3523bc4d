import { asRoot } from '../netns/as-root.ts'
import { backends, marked, serviceDscp, virtualAddress } from './dsr-network.ts'
import { goodErrors } from './icmp-errors.ts'
import { assertChanges } from './judgement.ts'
import { mutantsOf, smallRequests } from './mutation.ts'
import { quoteIn } from './parsed-packet.ts'
import { sharedBackend } from './running-backend.ts'
import { leastFrameBytes } from './sandboxed-program.ts'

const backend = sharedBackend('dsr-backend-xdp')

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
      (packet) =>
        packet.dscp === serviceDscp && (packet.isWhole || quoteIn(packet)?.source === virtualAddress)
          ? { destination: virtualAddress, hasTransportChecksum: packet.protocol !== 1 }
          : undefined,
    )
  },
)
