import { asRoot } from '../netns/as-root.ts'
import {
  backends,
  datagram,
  goodRequests,
  marked,
  request,
  segment,
  serviceDscp,
  virtualAddress,
} from './dsr-network.ts'
import { goodErrors, otherErrors } from './icmp-errors.ts'
import { cutShort, fragments, oddFrames } from './odd-frames.ts'
import { frameOf, type Packet } from './packet.ts'
import { fragmentsOf } from './replies.ts'
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

for (const [whose, destinationMac] of Object.entries({
  'another host': '02:00:00:00:00:99',
  'every host of the link': 'ff:ff:ff:ff:ff:ff',
  'a group of hosts': '01:00:5e:00:00:01',
}))
  asRoot(`the XDP backend leaves a frame for ${whose} as it is, marked or not`, async (t) => {
    const packets = [marked(request()), goodErrors(toBackend)['that a link is too narrow']!]
    const frames = packets.map((packet) => frameOf({ ...packet, destinationMac }))
    t.deepEqual(await run(frames), frames.map(passed))
  })

for (const [what, content] of Object.entries({
  'a datagram': datagram({ payload: Buffer.alloc(1000, 'a long request ') }),
  'a datagram without a checksum': datagram({ payload: Buffer.alloc(1000), checksum: 'none' }),
  'a segment': segment({ payload: Buffer.alloc(1000, 'a long request ') }),
  'a segment with IP options': segment({ payload: Buffer.alloc(1000) }),
}))
  asRoot(`the XDP backend gives every fragment of ${what} the address of the service back`, async (t) => {
    const options = Buffer.alloc(what.includes('options') ? 8 : 0, 1)
    const arrived = marked(request({ content, options }))
    t.deepEqual(
      await run(fragmentsOf(arrived, 400).map(frameOf)),
      // Cut up after the change: the checksum is that of the whole.
      fragmentsOf(restored(arrived), 400).map((fragment) => passed(frameOf(fragment))),
    )
  })

asRoot(
  'the XDP backend leaves fragments as they are that are not marked, or of another protocol',
  async (t) => {
    const frames = [
      ...Object.values(fragments({ ...marked(request()), dscp: 0 })),
      ...Object.values(
        fragments({ ...marked(request()), content: { protocol: 1, bytes: Buffer.alloc(64, 3) } }),
      ),
      // Without the whole header that its checksum is in.
      frameOf({ ...marked(request()), fragment: 0x2000, content: { protocol: 6, bytes: Buffer.alloc(16) } }),
    ]
    t.deepEqual(await run(frames), frames.map(passed))
  },
)

for (const [what, packet] of Object.entries({
  'a datagram': marked(request()),
  'a segment with IP options': marked(request({ options: Buffer.alloc(12, 1), content: segment() })),
  'an ICMP error': goodErrors(toBackend)['about a reply with IP options']!,
}))
  asRoot(`the XDP backend leaves ${what} that is cut short as it is, wherever it is cut`, async (t) => {
    const frames = cutShort(frameOf(packet), leastFrameBytes.xdp)
    t.deepEqual(await run(frames), frames.map(passed))
  })
