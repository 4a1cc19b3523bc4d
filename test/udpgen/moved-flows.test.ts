import test from 'ava'
import { binaries, build, startGenerator } from './generator.ts'
import { openPath } from './open-path.ts'
import { rule, twoNamespaces } from './topologies.ts'

test.before(build)

// On its way into netns server every eighth packet, from the eighth on, is turned to the other server.
const turning = twoNamespaces(rule('server', 'prerouting', 'numgen inc mod 8 7 udp dport set 7001'))
const [server] = turning.path.servers
const path = { ...turning.path, servers: [server!, { ...server!, port: 7001 }] }

for (const binary of binaries) {
  test.serial(
    `${binary}: packets that leave their flow's server are counted, their flow is not`,
    async (t) => {
      const generator = await startGenerator(t, binary, turning)
      await openPath(generator, path)
      const [, flood, paced] = await generator.run(
        // By itself: of several that wait, the second server's may be the first to be looked at.
        { path: 'veth', kind: 'flood', payloadBytes: 64, packets: 1 },
        { path: 'veth', kind: 'flood', payloadBytes: 64, packets: 800 },
        { path: 'veth', kind: 'paced', payloadBytes: 64, packets: 80, ratePps: 50_000 },
      )
      t.like(flood, {
        received: 800,
        lost: 0,
        receivedByServer: [700, 100],
        flowsByServer: [1, 0],
        movedPackets: 100,
        misdirected: 100,
      })
      t.like(paced, {
        received: 80,
        receivedByServer: [70, 10],
        flowsByServer: [1, 0],
        movedPackets: 10,
        misdirected: 10,
      })
      t.is(await generator.end(), 0)
    },
  )

  test.serial(
    `${binary}: a request that is answered from elsewhere is known to have moved, and has no answer`,
    async (t) => {
      const generator = await startGenerator(t, binary, turning)
      await openPath(generator, path)
      const [pingpong] = await generator.run({
        path: 'veth',
        kind: 'pingpong',
        payloadBytes: 64,
        packets: 8,
        timeoutNs: 300e6,
      })
      t.like(pingpong, {
        sent: 8,
        received: 7,
        timeouts: 1,
        receivedByServer: [7, 1],
        flowsByServer: [1, 0],
        movedPackets: 1,
        misdirected: 1,
      })
      t.is(await generator.end(), 0)
    },
  )
}
