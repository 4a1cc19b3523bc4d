/** The paths of dsr-vs-nat, looked into while they are up. */
import type { ExecutionContext } from 'ava'
import { asRoot, sharedAsRoot } from './as-root.ts'
import { backends, callUdp, echo, requests, startOnBackends, virtualIp } from './backends.ts'
import { bench } from './bench-command.ts'
import { captureFrames } from './capture.ts'
import { type FoundPacket, packetIn } from './captured-packet.ts'
import { bringUp, type LivePath } from './live-path.ts'

/** A path of the test's own, for those that change it or look at its first packets. */
async function ownPath(t: ExecutionContext, name: string): Promise<LivePath> {
  const path = await bringUp(name, 'dsr-vs-nat')
  t.teardown(path.close)
  return path
}

/** Paths that stay as they were built, with something that answers datagrams on the backends. */
const shared = new Map<string, LivePath>()

async function sharedPath(name: string): Promise<LivePath> {
  const known = shared.get(name)
  if (known !== undefined) return known
  const path = await bringUp(name, 'dsr-vs-nat')
  shared.set(name, path)
  await startOnBackends(path, /^dsr-(xdp|l2)/.test(name), echo)
  return path
}

sharedAsRoot(
  () => Promise.resolve(),
  async () => {
    for (const path of shared.values()) await path.close()
  },
)

/** The lines `Server address` and `Server name` of pages got one after the other, each by a connection of its own. */
async function getPages(path: LivePath, address = virtualIp): Promise<string[]> {
  const script = `for i in $(seq ${requests}); do curl --silent --max-time 5 http://${address}/; done`
  const pages = await path.run('curlybox01', ['sh', '-c', script])
  return pages.split('\n').filter((line) => line.startsWith('Server '))
}

const countOf = (lines: readonly string[], words: string): number =>
  lines.filter((line) => line.includes(words)).length

for (const name of ['nat', 'control', 'dsr-tc', 'dsr-tc-native'])
  asRoot(`on path ${name} both backends answer for the virtual IP, each with its own address`, async (t) => {
    const lines = await getPages(await sharedPath(name))
    t.is(lines.length, 2 * requests)
    const ofX = countOf(lines, 'Server address: 172.19.0.3:80')
    const ofY = countOf(lines, 'Server address: 172.19.0.4:80')
    t.true(ofX > 0 && ofY > 0 && ofX + ofY === requests, lines.join('\n'))
    t.is(countOf(lines, 'Server name: backend0x'), ofX)
    t.is(countOf(lines, 'Server name: backend0y'), ofY)
  })

for (const name of ['dsr-xdp', 'dsr-xdp-native', 'dsr-l2'])
  asRoot(`on path ${name} both backends answer as the virtual IP`, async (t) => {
    const lines = await getPages(await sharedPath(name))
    t.is(countOf(lines, `Server address: ${virtualIp}:80`), requests)
    const ofX = countOf(lines, 'Server name: backend0x')
    const ofY = countOf(lines, 'Server name: backend0y')
    t.true(ofX > 0 && ofY > 0 && ofX + ofY === requests, lines.join('\n'))
  })

asRoot('the first connection of a path that has just been built needs no second try', async (t) => {
  for (const name of ['dsr-tc', 'dsr-xdp-native']) {
    const path = await ownPath(t, name)
    const counted = await path.counted('curlybox01', async () => {
      await path.run('curlybox01', ['curl', '--silent', '--max-time', '5', `http://${virtualIp}/`])
    })
    t.is(counted.get('Tcp.ActiveOpens'), 1)
    t.is(counted.get('Tcp.RetransSegs'), 0, name)
  }
})

asRoot('who calls a backend itself is answered by that address, and nothing is rewritten', async (t) => {
  const path = await sharedPath('dsr-tc')
  const replies = await captureFrames(path, 'curlybox01', 'eth0')
  const lines = await getPages(path, '172.19.0.3')
  t.is(countOf(lines, 'Server address: 172.19.0.3:80'), requests)
  await path.run('curlybox01', ['bash', '-c', `exec 3<>/dev/tcp/${virtualIp}/80; exec 3>&-`])
  const sources = (await replies.until((frame) => packetIn(frame)?.source === virtualIp))
    .flatMap((frame) => packetIn(frame) ?? [])
    .filter(({ protocol }) => protocol === 'tcp')
    .map(({ source }) => source)
  t.true(sources.length > requests)
  t.deepEqual([...new Set(sources)], ['172.19.0.3', virtualIp])
})

/** All packets that a host receives while UDP and TCP clients are served, and the last one known by its port. */
async function traffic(path: LivePath, host: string): Promise<FoundPacket[]> {
  const capture = await captureFrames(path, host, 'eth0')
  await getPages(path)
  if ((await path.run('curlybox01', ['python3', '-c', callUdp(virtualIp)])).trim() !== String(requests))
    throw new Error('a datagram was not answered')
  // A last one, to know where to stop; nobody listens there.
  const last = 9
  const [from, to] =
    host === 'curlybox01' ? (['backend0x', '172.17.0.4'] as const) : (['curlybox01', backends[0]] as const)
  await path.run(from, ['bash', '-c', `echo last >/dev/udp/${to}/${last}`])
  const frames = await capture.until((frame) => packetIn(frame)?.destinationPort === last)
  return frames
    .flatMap((frame) => packetIn(frame) ?? [])
    .filter(({ destinationPort }) => destinationPort !== last)
}

for (const name of ['nat', 'dsr-tc', 'dsr-xdp', 'dsr-tc-native', 'dsr-xdp-native', 'dsr-l2'])
  asRoot(`on path ${name} the client gets all answers from the virtual IP, checksums valid`, async (t) => {
    const path = await sharedPath(name)
    const packets = await traffic(path, 'curlybox01')
    t.deepEqual([...new Set(packets.map(({ source }) => source))], [virtualIp])
    t.true(packets.some(({ protocol }) => protocol === 'tcp'))
    t.is(packets.filter(({ protocol }) => protocol === 'udp').length, requests)
    for (const packet of packets)
      t.true(packet.isHeaderValid && packet.isContentValid, JSON.stringify(packet))
  })

asRoot(
  'requests come to a backend with valid checksums and a TTL that every router has lowered',
  async (t) => {
    const path = await sharedPath('dsr-tc')
    const packets = await traffic(path, 'backend0x')
    t.true(packets.length > 0)
    for (const packet of packets) {
      t.true(packet.isHeaderValid && packet.isContentValid, JSON.stringify(packet))
      t.deepEqual([packet.source, packet.destination, packet.ttl], ['172.17.0.4', '172.19.0.3', 62])
    }
  },
)

for (const { name, isVirtual } of [
  { name: 'dsr-tc', isVirtual: false },
  { name: 'dsr-xdp', isVirtual: true },
])
  asRoot(`on path ${name} checksums that are left to a device come out right, too`, async (t) => {
    const path = await ownPath(t, name)
    for (const host of ['curlybox01', 'backend0x', 'backend0y'])
      await path.run(host, ['ethtool', '-K', 'eth0', 'tx', 'on'])
    // The router's devices cannot, so the kernel completes them there: from what the programs made of them.
    for (const device of ['eth0', 'eth1']) await path.run('router0a', ['ethtool', '-K', device, 'tx', 'off'])
    await startOnBackends(path, isVirtual, echo)
    for (const host of ['backend0x', 'curlybox01']) {
      const packets = await traffic(path, host)
      t.true(packets.length > 0)
      for (const packet of packets) t.true(packet.isContentValid, `${host}: ${JSON.stringify(packet)}`)
    }
  })

const exec = (pathName: string, script: string) =>
  bench(['exec', 'dsr-vs-nat', '--path', pathName, '--in', 'curlybox01', '--', 'sh', '-c', script])

asRoot(
  'the programs show where one looks for them: at the balancer’s device, and at TC egress',
  async (t) => {
    const script =
      'ip netns exec lbdsr0a ip link show dev eth0; ip netns exec backend0x tc filter show dev eth0 egress'
    const generic = await exec('dsr-tc', script)
    t.regex(
      generic.stdout,
      /eth0@.* xdpgeneric .*\n.*\n +prog\/xdp id \d+ .*name balance .*jited/,
      generic.stderr,
    )
    t.regex(generic.stdout, /bpf .* restore_source:\S* direct-action not_in_hw id \d+ .*jited/)
    const native = await exec('dsr-tc-native', script)
    t.regex(native.stdout, /eth0@.* xdp .*\n.*\n +prog\/xdp id \d+ .*name balance/, native.stderr)
  },
)

asRoot('a loop of curl at the command line is answered by both backends', async (t) => {
  const { stdout, stderr, exitCode } = await exec(
    'dsr-tc',
    `for i in $(seq ${requests}); do curl -s http://${virtualIp}; done`,
  )
  t.is(exitCode, 0, stderr)
  for (const address of backends) t.true(stdout.includes(`Server address: ${address}:80`), stdout)
  t.regex(stdout, /^Date: \d\d\/\w{3}\/\d{4}:\d\d:\d\d:\d\d \+0000\nURI: \/\nRequest ID: [0-9a-f]{32}$/m)
})
