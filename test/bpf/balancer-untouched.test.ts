import { asRoot } from '../netns/as-root.ts'
import { backends, datagram, request, segment } from './dsr-network.ts'
import { errorsAboutOtherFlows, goodErrors, otherErrors } from './icmp-errors.ts'
import { cutShort, oddFrames } from './odd-frames.ts'
import { frameOf } from './packet.ts'
import { sharedBalancer } from './running-balancer.ts'
import { leastFrameBytes, xdpActions } from './sandboxed-program.ts'

const balancer = sharedBalancer()
const { behindRouter, alsoBehindRouter, withoutRoute } = backends

const passed = (frame: Buffer) => ({ action: xdpActions.pass, frame })

const untouched: Readonly<Record<string, Buffer>> = {
  'to another port': frameOf(request({ content: datagram({ destinationPort: 7001 }) })),
  'to another address': frameOf(request({ destination: '192.168.25.11' })),
  'with a TTL that ends here': frameOf(request({ ttl: 1 })),
  'with a TTL that ended before': frameOf(request({ ttl: 0 })),
  "with another host's MAC address": frameOf(request({ destinationMac: '02:00:00:00:00:99' })),
  'to every host of the link': frameOf(request({ destinationMac: 'ff:ff:ff:ff:ff:ff' })),
  ...oddFrames(request()),
}

for (const [what, frame] of Object.entries(untouched))
  asRoot(`the balancer leaves a packet ${what} to the stack, and changes nothing of it`, async (t) => {
    t.deepEqual(await balancer.withBackend(behindRouter, [frame]), [passed(frame)])
  })

for (const [what, packet] of Object.entries({
  'a datagram': request(),
  'a segment': request({ content: segment() }),
  'a datagram with IP options': request({ options: Buffer.alloc(12, 1) }),
  'an ICMP error': goodErrors()['about a reply with IP options']!,
}))
  asRoot(`the balancer leaves ${what} that is cut short to the stack, wherever it is cut`, async (t) => {
    const frames = cutShort(frameOf(packet), leastFrameBytes.xdp)
    t.deepEqual(
      (await balancer.withBackend(behindRouter, [frameOf(request()), ...frames])).slice(1),
      frames.map(passed),
    )
  })

for (const [what, packet] of Object.entries({
  ...otherErrors(),
  ...errorsAboutOtherFlows,
  'about the service, with a TTL that ends here': goodErrors({ ttl: 1 })['that a link is too narrow']!,
}))
  asRoot(`the balancer leaves an ICMP message ${what} to the stack`, async (t) => {
    const outcomes = await balancer.withBackend(behindRouter, [frameOf(request()), frameOf(packet)])
    t.deepEqual(outcomes[1], passed(frameOf(packet)))
  })

asRoot('the balancer leaves an ICMP error about a flow whose backend is gone to the stack', async (t) => {
  const frame = frameOf(goodErrors()['that a link is too narrow']!)
  await balancer.withBackend(behindRouter, [frameOf(request())])
  t.deepEqual(await balancer.withBackend(alsoBehindRouter, [frame]), [passed(frame)])
})

for (const [what, backend] of [
  ['there is no route to the backend', withoutRoute],
  ['there is no backend', '0.0.0.0'],
] as const)
  asRoot(`where ${what}, the balancer leaves a packet to the stack, and changes nothing of it`, async (t) => {
    const frame = frameOf(request())
    t.deepEqual(await balancer.withBackend(backend, [frame]), [passed(frame)])
  })

asRoot(
  'where forwarding is off, the balancer leaves a packet to the stack, and changes nothing of it',
  async (t) => {
    await balancer.programs.setForwarding(false)
    t.teardown(() => balancer.programs.setForwarding(true))
    const frame = frameOf(request())
    t.deepEqual(await balancer.withBackend(behindRouter, [frame]), [passed(frame)])
  },
)
