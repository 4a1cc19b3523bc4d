import test from 'ava'
import { hookNamed, hooks } from '../../src/parts/hooks/hooks.ts'
import { programTypes } from '../../src/parts/hooks/program-types.ts'

test('a pinned program is attached to a direction of clsact, or in a mode of XDP', (t) => {
  const calls = hooks.map(({ name, attach }) => {
    const { command, input = '' } = attach({ device: 'eth0', pin: '/run/bpf/fast/0/cross', order: 2 })
    return [name, command.join(' '), ...input.split('\n').slice(0, -1)]
  })
  const clsact = 'qdisc replace dev eth0 clsact'
  const filter = (direction: string) =>
    `filter add dev eth0 ${direction} pref 2 protocol all bpf direct-action object-pinned /run/bpf/fast/0/cross`
  t.deepEqual(calls, [
    ['tc/ingress', 'tc -batch -', clsact, filter('ingress')],
    ['tc/egress', 'tc -batch -', clsact, filter('egress')],
    ['xdp/generic', 'ip link set dev eth0 xdpgeneric pinned /run/bpf/fast/0/cross'],
    ['xdp/native', 'ip link set dev eth0 xdpdrv pinned /run/bpf/fast/0/cross'],
  ])
})

test('codes say what becomes of a packet', (t) => {
  const named = (packet: string) =>
    programTypes.flatMap(({ codes }) =>
      Object.values(codes).flatMap((code) => (code.packet === packet ? [code.name] : [])),
    )
  t.deepEqual(named('ends'), ['TC_ACT_SHOT', 'TC_ACT_STOLEN', 'XDP_ABORTED', 'XDP_DROP'])
  t.deepEqual(named('leaves'), ['TC_ACT_REDIRECT', 'XDP_TX', 'XDP_REDIRECT'])
  t.deepEqual(named('passes'), [
    ...['TC_ACT_OK', 'TC_ACT_RECLASSIFY', 'TC_ACT_PIPE', 'TC_ACT_UNSPEC'],
    'XDP_PASS',
  ])
})

test('a hook that no list has is a fault of the caller', (t) => {
  t.throws(() => hookNamed('tc/sideways'), { message: 'no hook tc/sideways' })
})
