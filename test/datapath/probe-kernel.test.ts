import { basename } from 'node:path'
import test from 'ava'
import { unmetNeeds } from '../../src/datapath/probe-kernel.ts'
import { BenchError } from '../../src/host/errors.ts'
import type { RemoteSandbox, Sandbox } from '../../src/topology/sandbox.ts'

/** A sandbox that writes down what it is to do, and refuses what `refused` matches. */
function sandboxWithout(refused: RegExp): { sandbox: Sandbox; ran: string[] } {
  const ran: string[] = []
  const unused = () => {
    throw new Error('not used by probes')
  }
  const run: Sandbox['run'] = (steps) => {
    for (const { command } of steps) {
      const [tool, ...words] = command
      const line = [basename(tool), ...words].join(' ')
      if (refused.test(line))
        return Promise.reject(new BenchError(`Could not: ${line}`, { trouble: 'failed' }))
      ran.push(line)
    }
    return Promise.resolve([])
  }
  const sandbox = {
    ...{ run, at: unused, enter: unused, firstProcess: 0, enterUnsealed: unused, tryStep: unused },
    close: unused,
  }
  return { sandbox, ran }
}

const nothing = /^$/
const veth = 'ip link add probe0 type veth peer name probe1'
const tc = [
  'tc qdisc add dev probe0 clsact',
  'tc filter add dev probe0 ingress bpf direct-action object-pinned /run/bpf/probe/nop_tc',
]
const xdp = (mode: string) => [
  `ip link set dev probe0 ${mode} pinned /run/bpf/probe/nop_xdp`,
  `ip link set dev probe0 ${mode} off`,
]
const undone = ['rm -r /run/bpf/probe', 'ip link del probe0']

test('where all of it works, it is tried and undone, once, in one go', async (t) => {
  const { sandbox, ran } = sandboxWithout(nothing)
  t.deepEqual([...(await unmetNeeds(sandbox, []))], [])
  t.deepEqual(ran, [veth, 'bpfload', ...tc, ...undone])
})

test('what paths want is tried beside that, and undone in reverse', async (t) => {
  const { sandbox, ran } = sandboxWithout(nothing)
  await unmetNeeds(sandbox, ['bridge', 'xdp-native', 'run-counts', 'xdp-generic'])
  t.deepEqual(ran, [
    ...[veth, 'bpfload', ...tc, 'bpfload stats', ...xdp('xdpgeneric'), ...xdp('xdpdrv')],
    ...['ip link add probe2 type bridge', 'ip link del probe2', ...undone],
  ])
})

test('what is refused is told in the words of the refusal, and what does not build on it is there', async (t) => {
  const { sandbox } = sandboxWithout(/clsact/)
  const unmet = await unmetNeeds(sandbox, ['xdp-native', 'kernel-btf'])
  t.deepEqual([...unmet], [['tc-bpf', `Could not: ${tc[0]}`]])
})

test('what builds on something that is refused is missing for that reason', async (t) => {
  const { sandbox } = sandboxWithout(/type veth/)
  const reason = `Could not: ${veth}`
  t.deepEqual(
    [...(await unmetNeeds(sandbox, ['xdp-native', 'bridge']))],
    [
      ['veth', reason],
      ['tc-bpf', reason],
      ['xdp-native', reason],
    ],
  )
})

test('the program of sink xdp is tried at a device, and leaves it free', async (t) => {
  const { sandbox, ran } = sandboxWithout(nothing)
  await unmetNeeds(sandbox, ['xdp-sink'])
  t.deepEqual(ran, [
    ...[veth, 'bpfload', ...tc, 'bpfload'],
    'bpfload link probe0 37 /run/bpf/probe/sink/take_frame /run/bpf/probe/sink/link',
    ...['rm -r /run/bpf/probe/sink', ...undone],
  ])
})

test('where paths lead over another host, what they need is tried there, and what load needs here', async (t) => {
  const [here, there] = [sandboxWithout(/udpgen xdp/), sandboxWithout(/type bridge/)]
  const remote = { ...there.sandbox, copyOf: (file: string) => file } as unknown as RemoteSandbox
  const joined = { ...there.sandbox, parts: { local: here.sandbox, remote } }
  const unmet = await unmetNeeds(joined, ['bridge', 'udp-gso', 'xdp-live-frames', 'xdp-sink'])
  t.deepEqual([...unmet.keys()], ['bridge', 'xdp-live-frames'])
  const isGenerator = (line: string) => line.startsWith('udpgen')
  t.deepEqual([here.ran.some(isGenerator), there.ran.some(isGenerator)], [true, false])
  t.false(here.ran.some((line) => line.includes('bridge')))
})
