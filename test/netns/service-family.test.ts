/** The paths of service-family, looked into while they are up. */
import type { Family } from '../../src/parts/ip-address.ts'
import { asRoot } from './as-root.ts'
import { inCgroup } from '../../src/topology/cgroups.ts'
import { callUdp, callUdpUnconnected, echo, requests } from './backends.ts'
import { captureFrames } from './capture.ts'
import { packetIn } from './captured-packet.ts'
import { bringUp } from './live-path.ts'

const addresses = {
  4: { client: '10.244.1.2', service: '10.96.0.10', pods: { 'pod-2': '10.244.2.2', 'pod-3': '10.244.3.2' } },
  6: {
    client: 'fd00:10:244:1::2',
    service: 'fd00:10:96::10',
    pods: { 'pod-2': 'fd00:10:244:2::2', 'pod-3': 'fd00:10:244:3::2' },
  },
} as const

interface Case {
  readonly name: string
  /** Whether netfilter follows connections. */
  readonly isFollowed: boolean
  readonly family?: Family
}

const cases: readonly Case[] = [
  { name: 'nft-10', isFollowed: true },
  { name: 'nft-1000', isFollowed: true },
  { name: 'nft-10000', isFollowed: true },
  { name: 'nft-map-10000', isFollowed: true },
  { name: 'tc-map', isFollowed: false },
  { name: 'dsr', isFollowed: false },
  { name: 'nft-10', isFollowed: true, family: 6 },
  { name: 'nft-map-10000', isFollowed: true, family: 6 },
  { name: 'tc-map', isFollowed: false, family: 6 },
  { name: 'dsr', isFollowed: false, family: 6 },
]

for (const { name, isFollowed, family = 4 } of cases)
  asRoot(`on path ${name} over IPv${family} both pods answer for the service, checksums valid`, async (t) => {
    const { client, service, pods } = addresses[family]
    const path = await bringUp(name, 'service-family', { family: `${family}` })
    t.teardown(path.close)
    for (const [pod, address] of Object.entries(pods)) {
      await path.start(pod, ['python3', '-c', echo(address)], 'ready')
      // A frame's checksum is complete, and not left to a device.
      await path.run(pod, ['ethtool', '-K', 'eth0', 'tx', 'off'])
    }
    await path.run('pod-1', ['ethtool', '-K', 'eth0', 'tx', 'off'])
    const atPods = await Promise.all(Object.keys(pods).map((pod) => captureFrames(path, pod, 'eth0')))
    const atClient = await captureFrames(path, 'pod-1', 'eth0')

    t.is((await path.run('pod-1', ['python3', '-c', callUdp(service)])).trim(), String(requests))

    // A last one to each, to know where to stop; nobody listens there.
    const isLast = (frame: Buffer) => packetIn(frame)?.destinationPort === 9
    const end = (from: string, to: string) => path.run(from, ['bash', '-c', `echo last >/dev/udp/${to}/9`])
    for (const address of Object.values(pods)) await end('pod-1', address)
    await end('pod-2', client)
    const packets = (frames: readonly Buffer[]) =>
      frames.flatMap((frame) => (isLast(frame) ? [] : (packetIn(frame) ?? [])))

    const arrived = await Promise.all(atPods.map(async (capture) => packets(await capture.until(isLast))))
    t.is(arrived.flat().length, requests)
    for (const [index, address] of Object.values(pods).entries()) {
      t.true(arrived[index]!.length > 0)
      for (const packet of arrived[index]!)
        t.deepEqual(
          [packet.source, packet.destination, packet.isHeaderValid, packet.isContentValid],
          [client, address, true, true],
        )
    }
    const replies = packets(await atClient.until(isLast))
    t.is(replies.length, requests)
    for (const packet of replies)
      t.deepEqual([packet.source, packet.isHeaderValid, packet.isContentValid], [service, true, true])

    const followed = await path.run('node', ['cat', '/proc/sys/net/netfilter/nf_conntrack_count'])
    t.is(Number(followed) > 0, isFollowed, 'whether netfilter follows connections')
  })

for (const family of [4, 6] as const)
  asRoot(
    `on path sockets the router gets datagrams of IPv${family} for pods alone, from sockets that are connected and others`,
    async (t) => {
      const { service, pods } = addresses[family]
      const path = await bringUp('sockets', 'service-family', { family: `${family}` })
      t.teardown(path.close)
      for (const [pod, address] of Object.entries(pods))
        await path.start(pod, ['python3', '-c', echo(address)], 'ready')
      const atRouter = await captureFrames(path, 'node', 'lxc-1')

      for (const call of [callUdp, callUdpUnconnected]) {
        const answers = await path.run('pod-1', inCgroup('sockets', ['python3', '-c', call(service)]))
        t.is(answers.trim(), String(requests), call.name)
      }

      const [last] = Object.values(pods)
      await path.run('pod-1', ['bash', '-c', `echo last >/dev/udp/${last}/9`])
      const isLast = (frame: Buffer) => packetIn(frame)?.destinationPort === 9
      const packets = (await atRouter.until(isLast)).flatMap((frame) =>
        isLast(frame) ? [] : (packetIn(frame) ?? []),
      )
      t.is(packets.length, 2 * requests)
      const called = new Set(packets.map(({ destination }) => destination))
      t.deepEqual([...called].toSorted(), Object.values(pods).toSorted())
    },
  )

asRoot('a socket that is opened outside of a path’s cgroup is none that its programs meet', async (t) => {
  const { service } = addresses[4]
  const path = await bringUp('sockets', 'service-family')
  t.teardown(path.close)
  const peer = `import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.connect(("${service}", 7000))
print(s.getpeername()[0])`
  t.is((await path.run('pod-1', ['python3', '-c', peer])).trim(), service)
})
