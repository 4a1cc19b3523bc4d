import { asRoot } from '../netns/as-root.ts'
import { backends, serviceDscp } from './dsr-network.ts'
import { goodErrors, otherErrors } from './icmp-errors.ts'
import { cutShort } from './odd-frames.ts'
import { frameOf, icmp, type Packet, transportOf } from './packet.ts'
import { sharedBackend } from './running-backend.ts'
import { leastFrameBytes, tcActions } from './sandboxed-program.ts'

const backend = sharedBackend('dsr-backend-tc')

const run = (frames: readonly Buffer[]) => backend.programs.run('note_flow', frames)
const ok = (frame: Buffer) => ({ action: tcActions.ok, frame })

const toBackend = { destination: backends.behindRouter, dscp: serviceDscp }

/**
 * The error as if it were about a reply of the backend itself: the quoted header is that of such a one, the
 * rest of the quote stays. Its ICMP checksum is computed anew.
 */
function aboutBackend(packet: Packet, likewise: Packet): Packet {
  const message = transportOf(packet)
  const headerBytes = (message[8]! & 0xf) * 4
  const quotedHeader = transportOf(likewise).subarray(8, 8 + headerBytes)
  const quoted = Buffer.concat([quotedHeader, message.subarray(8 + headerBytes)])
  return { ...packet, content: { protocol: 1, bytes: icmp(message[0]!, message[1]!, quoted) } }
}

const aboutBackends = goodErrors(toBackend, backends.behindRouter)

for (const [what, packet] of Object.entries(goodErrors(toBackend)))
  asRoot(`an ICMP error ${what} becomes one about the backend's own reply, and still adds up`, async (t) => {
    t.deepEqual(await run([frameOf(packet)]), [ok(frameOf(aboutBackend(packet, aboutBackends[what]!)))])
  })

asRoot('an ICMP error without the mark of a service is left as it is', async (t) => {
  const frames = [0, serviceDscp - 1].flatMap((dscp) =>
    Object.values(goodErrors({ ...toBackend, dscp })).map(frameOf),
  )
  t.deepEqual(await run(frames), frames.map(ok))
})

for (const [what, packet] of Object.entries(otherErrors(toBackend)))
  asRoot(`an ICMP message ${what} is left as it is, marked or not`, async (t) => {
    t.deepEqual(await run([frameOf(packet)]), [ok(frameOf(packet))])
  })

asRoot('an ICMP error that is cut short is left as it is, wherever it is cut', async (t) => {
  const frames = cutShort(
    frameOf(goodErrors(toBackend)['about a reply with IP options']!),
    leastFrameBytes.tc,
  )
  t.deepEqual(await run(frames), frames.map(ok))
})
