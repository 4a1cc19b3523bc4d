import { asRoot } from '../netns/as-root.ts'
import {
  backends,
  goodRequests,
  marked,
  request,
  segment,
  serviceDscp,
  virtualAddress,
} from './dsr-network.ts'
import { goodErrors, otherErrors } from './icmp-errors.ts'
import { cutShort, oddFrames } from './odd-frames.ts'
import { frameOf, type Packet } from './packet.ts'
import { sharedBackend } from './running-backend.ts'
import { leastFrameBytes, xdpActions } from './sandboxed-program.ts'

const backend = sharedBackend('dsr-backend-xdp')

const run = (frames: readonly Buffer[]) => backend.programs.run('restore_destination', frames)
const passed = (frame: Buffer) => ({ action: xdpActions.pass, frame })
const restored = (packet: Packet): Packet => ({ ...packet, destination: virtualAddress })

for (const [what, packet] of Object.entries(goodRequests))
  asRoot(`the XDP backend gives ${what} the address of the service back`, async (t) => {
    const arrived = marked(packet)
    t.deepEqual(await run([frameOf(arrived)]), [passed(frameOf(restored(arrived)))])
  })

const toBackend = { destination: backends.behindRouter, dscp: serviceDscp }

for (const [what, packet] of Object.entries(goodErrors(toBackend)))
  asRoot(`the XDP backend gives an ICMP error ${what} the address of the service back`, async (t) => {
    t.deepEqual(await run([frameOf(packet)]), [passed(frameOf(restored(packet)))])
  })

asRoot('the XDP backend leaves packets without the mark of a service as they are', async (t) => {
  const direct = [...Object.values(goodRequests), ...Object.values(goodErrors())].flatMap((packet) =>
    [0, serviceDscp - 1, serviceDscp ^ 32].map((dscp) => frameOf({ ...marked(packet), dscp })),
  )
  t.deepEqual(await run(direct), direct.map(passed))
})

for (const [what, frame] of Object.entries(oddFrames(marked(request()))))
  asRoot(`the XDP backend leaves a packet ${what} as it is, marked or not`, async (t) => {
    t.deepEqual(await run([frame]), [passed(frame)])
  })

for (const [what, packet] of Object.entries(otherErrors(toBackend)))
  asRoot(`the XDP backend leaves an ICMP message ${what} as it is, marked or not`, async (t) => {
    t.deepEqual(await run([frameOf(packet)]), [passed(frameOf(packet))])
  })

for (const [what, packet] of Object.entries({
  'a datagram': marked(request()),
  'a segment with IP options': marked(request({ options: Buffer.alloc(12, 1), content: segment() })),
  'an ICMP error': goodErrors(toBackend)['about a reply with IP options']!,
}))
  asRoot(`the XDP backend leaves ${what} that is cut short as it is, wherever it is cut`, async (t) => {
    const frames = cutShort(frameOf(packet), leastFrameBytes.xdp)
    t.deepEqual(await run(frames), frames.map(passed))
  })
