import { asRoot, sharedAsRoot } from './as-root.ts'
import { type FrameAddresses, ipv4Frame, redirectedFrames, udp, untouchedFrames } from './frames.ts'
import { bringUp, type LivePath } from './live-path.ts'
import { actions, runProgram } from './program-run.ts'

let path: LivePath
let incoming: { readonly ifindex: number; readonly mac: string }

sharedAsRoot(
  async () => {
    path = await bringUp('redirect')
    incoming = await path.device('netns-2', 'veth1@2')
  },
  () => path.close(),
)

const toRouter = (): FrameAddresses => ({
  sourceMac: '02:00:00:00:00:01',
  destinationMac: incoming.mac,
})

for (const [what, build] of Object.entries(redirectedFrames))
  asRoot(
    `the program redirects ${what}, with the next hop's MAC addresses and not a byte else changed`,
    async (t) => {
      const frame = build(toRouter())
      const outgoing = await path.device('netns-2', 'veth2@1')
      const server = await path.device('netns-3', 'veth2@2')
      const expected = build({ sourceMac: outgoing.mac, destinationMac: server.mac })
      t.deepEqual(await runProgram(path, incoming.ifindex, frame), {
        action: actions.redirect,
        frame: expected,
      })
    },
  )

for (const [what, { build }] of Object.entries(untouchedFrames))
  asRoot(`the program leaves a packet ${what} to the stack, and changes nothing of it`, async (t) => {
    const frame = build(toRouter())
    t.deepEqual(await runProgram(path, incoming.ifindex, frame), { action: actions.ok, frame })
  })

asRoot('the program leaves what is too long for the way out to the stack, which answers it', async (t) => {
  const setMtu = (bytes: number) =>
    path.run('netns-2', ['ip', 'link', 'set', 'veth2@1', 'mtu', String(bytes)])
  await setMtu(1000)
  t.teardown(() => setMtu(1500))
  const [fitting, longer] = [1000, 1001].map((bytes) =>
    ipv4Frame(toRouter(), { content: udp({ payload: Buffer.alloc(bytes - 28, 'x') }) }),
  )
  t.is((await runProgram(path, incoming.ifindex, fitting!)).action, actions.redirect)
  t.deepEqual(await runProgram(path, incoming.ifindex, longer!), { action: actions.ok, frame: longer! })
})
