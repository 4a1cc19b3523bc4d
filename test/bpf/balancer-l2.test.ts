/** The balancer for backends on its own link: the frame gets another destination, and the packet stays as it is. */
import { asRoot } from '../netns/as-root.ts'
import { backends, goodRequests, macs, request } from './dsr-network.ts'
import { cutShort, fragments, oddFrames } from './odd-frames.ts'
import { frameOf } from './packet.ts'
import { sharedBalancer } from './running-balancer.ts'
import { leastFrameBytes, xdpActions } from './sandboxed-program.ts'

const balancer = sharedBalancer()

const run = async (frames: readonly Buffer[], backend: string = backends.behindOtherDevice) => {
  await balancer.programs.write('backends', [[0, { address: backend }]])
  return await balancer.programs.run('balance_l2', frames)
}
const passed = (frame: Buffer) => ({ action: xdpActions.pass, frame })

for (const [what, packet] of Object.entries(goodRequests))
  asRoot(`${what} goes to a backend on a link of the balancer, as it came`, async (t) => {
    const way = { sourceMac: macs.hereOther, destinationMac: macs.neighbourOther }
    t.deepEqual(await run([frameOf(packet)]), [
      { action: xdpActions.redirect, frame: frameOf({ ...packet, ...way }) },
    ])
  })

asRoot('what is no whole packet of the service is left to the stack, as it came', async (t) => {
  const others = {
    ...oddFrames(request()),
    ...fragments(request()),
    'to another address': frameOf(request({ destination: '192.168.25.11' })),
    'for another host': frameOf(request({ destinationMac: '02:00:00:00:00:99' })),
  }
  for (const [what, frame] of Object.entries(others)) t.deepEqual(await run([frame]), [passed(frame)], what)
  const short = cutShort(frameOf(request()), leastFrameBytes.xdp)
  t.deepEqual(await run(short), short.map(passed))
})

for (const backend of [backends.withoutNeighbour, backends.withoutRoute, '0.0.0.0'])
  asRoot(
    `a packet for backend ${backend}, which nobody knows how to reach, is left to the stack`,
    async (t) => {
      const frame = frameOf(request())
      t.deepEqual(await run([frame], backend), [passed(frame)])
    },
  )
