import { asRoot } from '../netns/as-root.ts'
import { backends, datagram, narrowBytes, request, segment } from './dsr-network.ts'
import { errorsAboutOtherFlows, goodErrors, otherErrors } from './icmp-errors.ts'
import { cutShort, fragments, oddFrames } from './odd-frames.ts'
import { frameOf, type Packet } from './packet.ts'
import { balanced, sharedBalancer } from './running-balancer.ts'
import { leastFrameBytes, xdpActions } from './sandboxed-program.ts'

const balancer = sharedBalancer()
const {
  behindRouter,
  alsoBehindRouter,
  behindOtherDevice,
  behindNarrowRoute,
  withoutNeighbour,
  withoutRoute,
} = backends

const passed = (frame: Buffer) => ({ action: xdpActions.pass, frame })

/** A source route through one router (RFC 791 section 3.1), padded to whole words. */
const sourceRoute = (type: number, before: readonly number[] = []): Packet => {
  const bytes = Buffer.from([...before, type, 7, 4, 172, 17, 0, 9])
  return request({ options: Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]) })
}

/** Frames that are not for this host alone, by whom they are for. */
const othersMacs = {
  'another host': '02:00:00:00:00:99',
  'another host whose MAC address differs in its last bit': '02:00:00:00:00:03',
  'every host of the link': 'ff:ff:ff:ff:ff:ff',
  'a group of hosts': '01:00:5e:00:00:01',
} as const

const untouched: Readonly<Record<string, Buffer>> = {
  'to another port': frameOf(request({ content: datagram({ destinationPort: 7001 }) })),
  'to another address': frameOf(request({ destination: '192.168.25.11' })),
  'with a TTL that ends here': frameOf(request({ ttl: 1 })),
  'with a TTL that ended before': frameOf(request({ ttl: 0 })),
  'with a loose source route': frameOf(sourceRoute(131)),
  'with a strict source route': frameOf(sourceRoute(137)),
  'with a source route behind other options': frameOf(sourceRoute(131, [1, 148, 4, 0, 0, 1, 1])),
  ...oddFrames(request()),
  ...fragments(request()),
}

for (const [what, frame] of Object.entries(untouched))
  asRoot(`the balancer leaves a packet ${what} to the stack, and changes nothing of it`, async (t) => {
    t.deepEqual(await balancer.withBackend(behindRouter, [frame]), [passed(frame)])
  })

for (const [whose, destinationMac] of Object.entries(othersMacs))
  for (const [where, backend] of Object.entries({
    'on the way back': behindRouter,
    'behind another device': behindOtherDevice,
    'that is no neighbour yet': withoutNeighbour,
    'behind a link that is too narrow': behindNarrowRoute,
  }))
    asRoot(`the balancer leaves a frame for ${whose} alone, with a backend ${where}`, async (t) => {
      const source = '172.17.0.77'
      const payload = Buffer.alloc(narrowBytes)
      const frames = [datagram({ payload }), segment({ payload })].map((content) =>
        frameOf(request({ source, destinationMac, content })),
      )
      const flows = await balancer.programs.count('flows')
      t.deepEqual(await balancer.withBackend(backend, frames), frames.map(passed))
      t.is(await balancer.programs.count('flows'), flows)
    })

asRoot('the balancer carries along options that only look like a source route', async (t) => {
  const options = [
    // Its length is beyond the options, it has none, or it points before its first router.
    [131, 9, 4, 0, 0, 0, 0, 0],
    [131, 2, 4, 0],
    [131, 7, 3, 172, 17, 0, 9, 0],
    // As long as options get, without one.
    Array<number>(40).fill(1),
  ].map((bytes) => request({ options: Buffer.from(bytes) }))
  t.deepEqual(
    await balancer.withBackend(behindRouter, options.map(frameOf)),
    options.map((packet) => ({ action: xdpActions.tx, frame: frameOf(balanced(packet)) })),
  )
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
