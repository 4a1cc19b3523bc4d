/** Kinds of link and settings of devices, built as a scenario says. */
import type { ExecutionContext } from 'ava'
import { BenchError } from '../../src/host/errors.ts'
import { asRoot } from './as-root.ts'
import { bringUp, type LivePath } from './live-path.ts'
import { ownScenario } from './own-scenario.ts'

const rest = `client: { namespace: a }
server: { namespace: b, address: 192.0.2.2, port: 7000 }
load: [{ kind: flood }]
paths:
  stack: { role: baseline, title: as it is }
  control: { role: control, title: once more }
`

/** Two namespaces on one link, and `links` beside it. */
const scenario = (links: string, settings = '', namespaces = ''): string => `name: own
title: links
topology:
  namespaces: { a: {}, b: {}${namespaces} }
  links:
    ground:
      - { namespace: a, device: eth0, addresses: [192.0.2.1/24]${settings} }
      - { namespace: b, device: eth0, addresses: [192.0.2.2/24], mtu: 1550 }
${links}${rest}`

const vxlans = `    a-tunnel:
      { kind: vxlan, id: 42, local: 192.0.2.1, remote: 192.0.2.2, parent: eth0,
        ends: [{ namespace: a, device: vx0, addresses: [198.51.100.1/24], mtu: 1450 }] }
    b-tunnel:
      { kind: vxlan, id: 42, local: 192.0.2.2, remote: 192.0.2.1, parent: eth0,
        ends: [{ namespace: b, device: vx0, addresses: [198.51.100.2/24], mtu: 1450 }] }
`

async function withLinks(t: ExecutionContext, text: string): Promise<LivePath> {
  const path = await bringUp('stack', ownScenario(t, text).file)
  t.teardown(path.close)
  return path
}

const echo = `import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("0.0.0.0", 7))
print("ready", flush=True)
while True:
    data, client = s.recvfrom(65535)
    s.sendto(data, client)`

const call = (address: string, bytes: number) => `import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.setsockopt(socket.IPPROTO_IP, 10, 2)  # IP_MTU_DISCOVER, IP_PMTUDISC_DO
s.settimeout(10)
s.connect(("${address}", 7))
try:
    s.send(b"x" * ${bytes})
    print(len(s.recv(65535)))
except OSError as error:
    print(error.strerror)`

/** Sends a datagram of this size, not to be split, from the namespace a; gives the size of the answer, or why there is none. */
const ask = (path: LivePath, address: string, bytes = 56): Promise<string> =>
  path.run('a', ['python3', '-c', call(address, bytes)])

const answerIn = (path: LivePath, namespace: string): Promise<void> =>
  path.start(namespace, ['python3', '-c', echo], 'ready')

const mtuOf = async (path: LivePath, namespace: string, device: string): Promise<number> => {
  const [link] = JSON.parse(await path.run(namespace, ['ip', '-j', 'link', 'show', 'dev', device])) as [
    { mtu: number },
  ]
  return link.mtu
}

asRoot('a vxlan tunnel carries packets up to its MTU, each wrapped in one of the link below', async (t) => {
  const path = await withLinks(t, scenario(vxlans, ', mtu: 1550'))
  t.deepEqual([await mtuOf(path, 'a', 'vx0'), await mtuOf(path, 'b', 'eth0')], [1450, 1550])
  await answerIn(path, 'b')
  t.is(await ask(path, '198.51.100.2'), '56')
  const counted = await path.counted('b', async () => {
    t.is(await ask(path, '198.51.100.2', 1450 - 28), '1422')
  })
  t.is(counted.get('vx0.rxPackets'), 1)
  // Beside it headers of Ethernet, VXLAN, UDP, IPv4 and, for the link below, Ethernet.
  t.is(counted.get('eth0.rxBytes'), 1450 + 14 + 8 + 8 + 20 + 14)
  t.is(await ask(path, '198.51.100.2', 1450 - 27), 'Message too long')
})

asRoot('a macvlan device in a namespace of its own goes by its parent in another', async (t) => {
  const macvlan = `    pod:
      { kind: macvlan, parent: b/eth0, ends: [{ namespace: c, device: mv0, addresses: [192.0.2.3/24], mtu: 1400 }] }
`
  const path = await withLinks(t, scenario(macvlan, '', ', c: {}'))
  t.is(await mtuOf(path, 'c', 'mv0'), 1400)
  await answerIn(path, 'c')
  t.is(await ask(path, '192.0.2.3'), '56')
})

asRoot('a device is made before what stands on it, in whichever order they are written', async (t) => {
  const chain = `    upper: { kind: macvlan, parent: a/lower0, ends: [{ namespace: c, device: upper0 }] }
    lower: { kind: macvlan, parent: eth0, ends: [{ namespace: a, device: lower0 }] }
`
  const path = await withLinks(t, scenario(chain, '', ', c: {}'))
  t.is(await mtuOf(path, 'c', 'upper0'), 1500)
})

asRoot('queues, their length, RPS and threaded polling are as the scenario says', async (t) => {
  const settings =
    ', queues: { tx: 2, rx: 3 }, txQueueLength: 77, rps: [0, 1], threaded: true, offload: { gro: on }'
  const path = await withLinks(t, scenario('', settings))
  const read = (file: string) =>
    path.run('a', [
      'unshare',
      '--mount',
      'sh',
      '-c',
      `mount -t sysfs sysfs /run/sys && cat /run/sys/class/net/eth0/${file}`,
    ])
  t.is(await read('tx_queue_len'), '77')
  t.is(await read('threaded'), '1')
  t.deepEqual(
    (await read('queues/rx-*/rps_cpus')).split('\n').map((mask) => Number.parseInt(mask, 16)),
    [3, 3, 3],
  )
  const link = await path.run('a', ['ip', '-details', 'link', 'show', 'dev', 'eth0'])
  t.regex(link, /numtxqueues 2 numrxqueues 3 /)
  t.regex(await path.run('a', ['ethtool', '-k', 'eth0']), /generic-receive-offload: on/)
})

asRoot('a setting that the device does not take costs the path, and is told', async (t) => {
  const error = await t.throwsAsync(withLinks(t, scenario('', ', threaded: true')), {
    instanceOf: BenchError,
  })
  t.is(
    error.message,
    'Could not set up the devices of a of path "stack": the kernel does not take 1 for eth0/threaded',
  )
})

asRoot('an MTU that a tunnel would shorten without a word costs the path, and is told', async (t) => {
  const error = await t.throwsAsync(withLinks(t, scenario(vxlans.replace('mtu: 1450', 'mtu: 9000'))), {
    instanceOf: BenchError,
  })
  t.is(
    error.message,
    'Could not set up the devices of a of path "stack": the kernel does not take 9000 for vx0/mtu',
  )
})
