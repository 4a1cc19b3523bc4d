/** overlay-vs-native: that packets go as each path says, and that a tunnel whose MTU is wrong has no verdict. */
import type { RunRecord } from '../../src/record/record.ts'
import { asRoot } from './as-root.ts'
import { bench } from './bench-command.ts'
import { bringUp } from './live-path.ts'
import { changedText, ownScenario } from './own-scenario.ts'

const answer = `import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("10.244.2.2", 7000))
print("ready", flush=True)
while True:
    data, client = s.recvfrom(65535)
    s.sendto(data, client)`

const datagramBytes = 1422
/** With headers of UDP and IPv4, as long as the pods' MTU; and the frame. */
const frameBytes = datagramBytes + 28 + 14
/** VXLAN, UDP, IPv4 and Ethernet, around a frame. */
const wrapperBytes = 8 + 8 + 20 + 14

const call = (times: number) => `import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.settimeout(10)
s.connect(("10.244.2.2", 7000))
for _ in range(${times}):
    s.send(b"x" * ${datagramBytes})
    assert len(s.recv(65535)) == ${datagramBytes}`

for (const { name, forwarded, wrapped } of [
  { name: 'native', forwarded: 20, wrapped: undefined },
  { name: 'vxlan', forwarded: 20, wrapped: 10 },
  { name: 'vxlan-bpf', forwarded: 0, wrapped: 10 },
])
  asRoot(`on path ${name} what pods send goes from node to node as it says, and whole`, async (t) => {
    const path = await bringUp(name, 'overlay-vs-native')
    t.teardown(path.close)
    await path.start('pod-2', ['python3', '-c', answer], 'ready')
    // MAC addresses are asked for before it counts.
    await path.run('pod-1', ['python3', '-c', call(1)])
    for (const node of ['node-1', 'node-2']) {
      const counted = await path.counted(node, async () => {
        await path.run('pod-1', ['python3', '-c', call(10)])
      })
      t.is(counted.get('Ip.ForwDatagrams'), forwarded)
      t.is(counted.get('Ip.FragCreates'), 0)
      t.is(counted.get('vx0.txPackets'), wrapped)
      t.is(counted.get('vx0.rxPackets'), wrapped)
      const ownBytes = 10 * (frameBytes + (wrapped === undefined ? 0 : wrapperBytes))
      // A MAC address may be asked for again meanwhile.
      const others = counted.get('eth0.txPackets')! - 10
      t.true(others >= 0 && others <= 2, String(others))
      t.is(Math.floor(counted.get('eth0.txBytes')! / ownBytes), 1)
      t.true(counted.get('eth0.txBytes')! - ownBytes <= 2 * 100)
    }
  })

asRoot('a tunnel whose MTU leaves no room for its wrapper is invalid, and not slow', async (t) => {
  const small = { mtu: 1400 }
  const text = changedText('overlay-vs-native', [
    [['paths', 'vxlan-bpf'], undefined],
    [['paths', 'ipip'], undefined],
    [['paths', 'wireguard'], undefined],
    // The network below takes less than the tunnel was told.
    [
      ['paths', 'vxlan', 'topology', 'links', 'underlay'],
      [
        { namespace: 'node-1', device: 'eth0', addresses: ['192.168.10.1/24'], ...small },
        { namespace: 'node-2', device: 'eth0', addresses: ['192.168.10.2/24'], ...small },
      ],
    ],
  ])
  const { runArguments } = ownScenario(t, text)
  const { stdout, exitCode, stderr } = await bench(
    runArguments('--quick', '--rounds', '1', '--blocks', '3', '--json'),
  )
  t.is(exitCode, 4, stderr)
  const { paths, comparisons } = JSON.parse(stdout) as RunRecord
  const vxlan = paths.find(({ name }) => name === 'vxlan')
  t.is(vxlan?.status, 'invalid')
  t.regex(vxlan?.reason ?? '', /FragCreates/)
  t.deepEqual(
    comparisons.filter(({ path }) => path === 'vxlan'),
    [],
  )
})
