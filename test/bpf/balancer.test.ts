import { asRoot } from '../netns/as-root.ts'
import { backends, goodRequests, macs, narrowBytes, request, segment } from './dsr-network.ts'
import { goodErrors } from './icmp-errors.ts'
import { frameOf } from './packet.ts'
import { balanced, handedOver, sharedBalancer } from './running-balancer.ts'
import { xdpActions } from './sandboxed-program.ts'

const balancer = sharedBalancer()

for (const [what, packet] of Object.entries(goodRequests))
  asRoot(`the balancer sends ${what} back to the router, for the backend`, async (t) => {
    const [outcome] = await balancer.withBackend(backends.behindRouter, [frameOf(packet)])
    t.deepEqual(outcome, { action: xdpActions.tx, frame: frameOf(balanced(packet)) })
  })

asRoot('the balancer keeps every ECN code point, whatever the DSCP was', async (t) => {
  const packets = [0, 1, 2, 3].flatMap((ecn) => [0, 10, 63].map((dscp) => request({ ecn, dscp })))
  const outcomes = await balancer.withBackend(backends.behindRouter, packets.map(frameOf))
  t.deepEqual(
    outcomes.map(({ frame }) => frame),
    packets.map((packet) => frameOf(balanced(packet))),
  )
})

asRoot('the balancer redirects to a backend behind another device', async (t) => {
  const packet = request()
  const [outcome] = await balancer.withBackend(backends.behindOtherDevice, [frameOf(packet)])
  const expected = balanced(packet, backends.behindOtherDevice)
  t.deepEqual(outcome, {
    action: xdpActions.redirect,
    frame: frameOf({ ...expected, sourceMac: macs.hereOther, destinationMac: macs.neighbourOther }),
  })
})

asRoot(
  'while a neighbour is not known, the balancer hands the stack packets to be forwarded to the backend',
  async (t) => {
    const error = goodErrors()['that a link is too narrow']!
    const packets = [...Object.values(goodRequests), error]
    t.deepEqual(
      await balancer.withBackend(backends.withoutNeighbour, packets.map(frameOf)),
      packets.map((packet) => ({
        action: xdpActions.pass,
        frame: frameOf(handedOver(packet, backends.withoutNeighbour)),
      })),
    )
  },
)

asRoot(
  'the balancer hands the stack what is longer than the link takes and may be split, for the backend',
  async (t) => {
    const [fitting, longer] = [narrowBytes, narrowBytes + 1].map((bytes) =>
      request({ fragment: 0, content: segment({ payload: Buffer.alloc(bytes - 40) }) }),
    )
    t.deepEqual(
      await balancer.withBackend(backends.behindNarrowRoute, [frameOf(fitting!), frameOf(longer!)]),
      [
        { action: xdpActions.tx, frame: frameOf(balanced(fitting!, backends.behindNarrowRoute)) },
        { action: xdpActions.pass, frame: frameOf(handedOver(longer!, backends.behindNarrowRoute)) },
      ],
    )
  },
)

for (const [what, packet] of Object.entries(goodErrors()))
  asRoot(`the balancer sends an ICMP error ${what} to the backend of its flow`, async (t) => {
    const flows = [request(), request({ content: segment() })].map(frameOf)
    const outcomes = await balancer.withBackend(backends.behindRouter, [...flows, frameOf(packet)])
    t.deepEqual(outcomes.at(-1), { action: xdpActions.tx, frame: frameOf(balanced(packet)) })
  })
