/** overlay-vs-native over both families: packets go as each path says, and a tunnel whose MTU is wrong has no verdict. */
import type { ExecutionContext } from 'ava'
import type { Family } from '../../src/parts/ip-address.ts'
import type { Counters } from '../../src/parts/proofs/proof.ts'
import type { RunRecord } from '../../src/record/record.ts'
import { asRoot } from './as-root.ts'
import { bench } from './bench-command.ts'
import { bringUp } from './live-path.ts'
import { changedText, ownScenario } from './own-scenario.ts'

interface Words {
  readonly pod: string
  /** As long as the pods' MTU, with headers of UDP and IP. */
  readonly datagramBytes: number
  readonly ipBytes: number
  readonly forwarded: string
  readonly fragments: string
}

const wordsOf: Readonly<Record<Family, Words>> = {
  4: {
    pod: '10.244.2.2',
    datagramBytes: 1422,
    ipBytes: 20,
    forwarded: 'Ip.ForwDatagrams',
    fragments: 'Ip.FragCreates',
  },
  6: {
    pod: 'fd00:10:244:2::2',
    datagramBytes: 1382,
    ipBytes: 40,
    forwarded: 'Ip6.OutForwDatagrams',
    fragments: 'Ip6.FragCreates',
  },
}

const socketOf = (family: Family) => `import socket
s = socket.socket(socket.AF_INET${family === 6 ? '6' : ''}, socket.SOCK_DGRAM)`

const answer = (family: Family) => `${socketOf(family)}
s.bind(("${wordsOf[family].pod}", 7000))
print("ready", flush=True)
while True:
    data, client = s.recvfrom(65535)
    s.sendto(data, client)`

const call = (family: Family, times: number) => `${socketOf(family)}
s.settimeout(10)
s.connect(("${wordsOf[family].pod}", 7000))
for _ in range(${times}):
    s.send(b"x" * ${wordsOf[family].datagramBytes})
    assert len(s.recv(65535)) == ${wordsOf[family].datagramBytes}`

const frameBytes = ({ datagramBytes, ipBytes }: Words) => 14 + ipBytes + 8 + datagramBytes
/** Ethernet, IP, UDP and VXLAN, around a frame. */
const wrapperBytes = ({ ipBytes }: Words) => 14 + ipBytes + 8 + 8

/** How many more than ten packets: a MAC address may be asked for again meanwhile, a multicast group be joined. */
function othersIn(t: ExecutionContext, counted: Counters, counter: string): number {
  const others = counted.get(counter)! - 10
  t.true(others >= 0 && others <= 5, `${counter}: ${others}`)
  return others
}

for (const family of [4, 6] as const)
  for (const { name, forwarded, wrapped } of [
    { name: 'native', forwarded: 20, wrapped: false },
    { name: 'vxlan', forwarded: 20, wrapped: true },
    { name: 'vxlan-bpf', forwarded: 0, wrapped: true },
  ])
    asRoot(
      `on path ${name} what pods send over IPv${family} goes from node to node as it says, and whole`,
      async (t) => {
        const words = wordsOf[family]
        const path = await bringUp(name, 'overlay-vs-native', { family: `${family}` })
        t.teardown(path.close)
        await path.start('pod-2', ['python3', '-c', answer(family)], 'ready')
        // MAC addresses are asked for before it counts.
        await path.run('pod-1', ['python3', '-c', call(family, 1)])
        for (const node of ['node-1', 'node-2']) {
          const counted = await path.counted(node, async () => {
            await path.run('pod-1', ['python3', '-c', call(family, 10)])
          })
          t.is(counted.get(words.forwarded), forwarded)
          t.is(counted.get(words.fragments), 0)
          const wholeBytes = frameBytes(words) + (wrapped ? wrapperBytes(words) : 0)
          const others = othersIn(t, counted, 'eth0.txPackets')
          // Which are short: a fragment more would be long, or make ten.
          const otherBytes = counted.get('eth0.txBytes')! - 10 * wholeBytes
          t.true(otherBytes >= 0 && otherBytes <= others * 200, `${otherBytes} bytes in ${others}`)
          if (wrapped) for (const what of ['tx', 'rx']) othersIn(t, counted, `vx0.${what}Packets`)
        }
      },
    )

/** The network below takes less than the tunnels were told. */
const smallUnderlay = ['node-1', 'node-2'].map((namespace, index) => ({
  ...{ namespace, device: 'eth0', addresses: [`192.168.10.${index + 1}/24`], mtu: 1400 },
}))

// Nodes split what is too long for IPv4. Over IPv6 nobody on the way does: a pod is told what its packets have room for,
// and splits them; but for BPF programs no node tells it.
for (const [family, name, reason] of [
  [4, 'vxlan', /^its packets did not go the way it says: pod-1\/Ip\.FragCreates \+ .*: \d+, expected none/],
  [6, 'vxlan', /^its packets did not go the way it says: pod-1\/Ip6\.FragCreates \+ .*: \d+, expected none/],
  [
    6,
    'vxlan-bpf',
    /^0 of 3 requests were answered;.*\nlikely: packets are longer than the MTU of the device by which they leave node-1:/s,
  ],
] as const)
  asRoot(
    `over IPv${family} path ${name} is invalid, and not slow, where its MTU leaves no room for its wrapper`,
    async (t) => {
      const others = ['vxlan', 'vxlan-bpf', 'ipip', 'wireguard'].filter((other) => other !== name)
      const text = changedText('overlay-vs-native', [
        ...others.map((other) => [['paths', other], undefined] as const),
        [['paths', name, 'topology', 'links', 'underlay'], smallUnderlay],
        [['families', 6, 'merge'], {}],
      ])
      const { runArguments } = ownScenario(t, text)
      const { stdout, exitCode, stderr } = await bench(
        runArguments('--family', `${family}`, '--quick', '--rounds', '1', '--blocks', '3', '--json'),
      )
      t.is(exitCode, 4, stderr)
      const { paths, comparisons } = JSON.parse(stdout) as RunRecord
      const path = paths.find((one) => one.name === name)
      t.is(path?.status, 'invalid')
      t.regex([path?.reason, ...(path?.diagnosis ?? [])].join('\n'), reason)
      t.deepEqual(
        comparisons.filter((one) => one.path === name),
        [],
      )
    },
  )
