import { asRoot, sharedAsRoot } from './as-root.ts'
import { redirectedFrames, untouchedFrames } from './frames.ts'
import { openRouter, type Router } from './way.ts'

const ttlAt = 8

let stack: Router
let redirect: Router

sharedAsRoot(
  async () => {
    stack = await openRouter('stack')
    redirect = await openRouter('redirect')
  },
  async () => {
    await stack.close()
    await redirect.close()
  },
)

for (const [what, build] of Object.entries(redirectedFrames))
  asRoot(`${what} arrives, and the stack of path redirect has not seen it`, async (t) => {
    const frame = build(redirect.toRouter)
    t.deepEqual(await redirect.send(frame), { arrived: [frame.subarray(14)], forwarded: 0, answers: [] })
    const { forwarded } = await stack.send(build(stack.toRouter))
    t.is(forwarded, 1)
  })

for (const [what, { build, isForwarded }] of Object.entries(untouchedFrames))
  asRoot(
    `a packet ${what} is ${isForwarded ? 'forwarded' : 'not forwarded'} by the stack, on path redirect as on path stack`,
    async (t) => {
      const way = await redirect.send(build(redirect.toRouter))
      t.deepEqual(way, await stack.send(build(stack.toRouter)))
      t.is(way.forwarded, isForwarded ? 1 : 0)
      t.deepEqual(
        way.arrived.map((packet) => packet[ttlAt]),
        isForwarded ? [63] : [],
      )
    },
  )

asRoot('the router answers a datagram whose TTL ends there, on path redirect as on path stack', async (t) => {
  for (const router of [stack, redirect]) {
    const frame = untouchedFrames['with a TTL that ends at the router']!.build(router.toRouter)
    // Time exceeded in transit, RFC 792.
    t.deepEqual(await router.send(frame), { arrived: [], forwarded: 0, answers: ['11/0'] })
  }
})
