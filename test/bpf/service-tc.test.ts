/** A service translated at TC ingress: what requests and replies become, and what is left to the stack. */
import { asRoot, sharedAsRoot } from '../netns/as-root.ts'
import {
  backendNetwork,
  backends,
  goodRequests,
  request,
  servicePort,
  virtualAddress,
} from './dsr-network.ts'
import { cutShort, fragments, oddFrames } from './odd-frames.ts'
import { frameOf, type Packet } from './packet.ts'
import { fromService, replyTo } from './replies.ts'
import { leastFrameBytes, loadPrograms, type Programs, tcActions } from './sandboxed-program.ts'

let programs: Programs

sharedAsRoot(
  async () => {
    programs = await loadPrograms('service-tc', backendNetwork)
    for (const protocol of [6, 17])
      await programs.write('services', [[{ address: virtualAddress, port: servicePort, protocol }, 1]])
    await programs.write('backends', [[0, { address: backends.behindRouter }]])
  },
  () => programs.close(),
)

const ok = (frame: Buffer) => ({ action: tcActions.ok, frame })
const translate = (...packets: readonly Packet[]) => programs.run('translate', packets.map(frameOf))
const restore = (...packets: readonly Packet[]) => programs.run('restore', packets.map(frameOf))

const toBackend = (packet: Packet): Packet => ({ ...packet, destination: backends.behindRouter })
/** As it comes in, from the backend. */
const comingReply = (packet: Packet): Packet => ({
  ...replyTo(packet),
  sourceMac: packet.sourceMac,
  destinationMac: packet.destinationMac,
})

// A frame that is run has no device that would complete its checksum.
const whole = Object.entries(goodRequests).filter(
  ([, { content }]) => 'bytes' in content || content.checksum !== 'partial',
)

for (const [what, packet] of whole)
  asRoot(`${what} goes to the backend, and its reply comes from the service`, async (t) => {
    t.deepEqual(await translate(packet), [ok(frameOf(toBackend(packet)))])
    const reply = comingReply(packet)
    t.deepEqual(await restore(reply), [ok(frameOf(fromService(reply)))])
  })

asRoot('what is no whole packet of the service is left as it is', async (t) => {
  const others: Readonly<Record<string, Buffer>> = {
    ...oddFrames(request()),
    ...fragments(request()),
    'to another address': frameOf(request({ destination: '192.168.25.11' })),
    'for another host': frameOf(request({ destinationMac: '02:00:00:00:00:99' })),
  }
  for (const [what, frame] of Object.entries(others))
    t.deepEqual(await programs.run('translate', [frame]), [ok(frame)], what)
  const short = cutShort(frameOf(request()), leastFrameBytes.tc)
  t.deepEqual(await programs.run('translate', short), short.map(ok))
})

asRoot('a reply of no flow that was translated keeps its source', async (t) => {
  const direct = comingReply(request({ source: '172.17.0.9' }))
  t.deepEqual(await restore(direct), [ok(frameOf(direct))])
})

asRoot('flows are shared out, and each stays where it began', async (t) => {
  await programs.write('backends', [[1, { address: backends.alsoBehindRouter }]])
  try {
    const flows = Array.from({ length: 64 }, (_, index) => request({ source: `10.1.0.${index + 1}` }))
    const destinations = async () =>
      (await translate(...flows)).map(({ frame }) => frame.subarray(30, 34).join('.'))
    const first = await destinations()
    t.deepEqual(new Set(first), new Set([backends.behindRouter, backends.alsoBehindRouter]))
    t.deepEqual(await destinations(), first)
  } finally {
    await programs.write('backends', [[1, { address: '0.0.0.0' }]])
  }
})
