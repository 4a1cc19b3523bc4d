import test from 'ava'
import { builtProgram } from '../../src/host/built.ts'
import { hookNamed, hooks } from '../../src/parts/hooks/hooks.ts'
import { programTypes } from '../../src/parts/hooks/program-types.ts'

/** As enum bpf_attach_type of include/uapi/linux/bpf.h has them. */
const sockets = [
  ['cgroup/connect4', 10],
  ['cgroup/connect6', 11],
  ['cgroup/sendmsg4', 14],
  ['cgroup/sendmsg6', 15],
  ['cgroup/recvmsg4', 19],
  ['cgroup/recvmsg6', 20],
] as const

test('a pinned program is attached to a direction of clsact, by a link that is pinned, or in a mode of XDP', (t) => {
  const calls = hooks.map(({ name, attach }) => {
    const { command, input = '' } = attach({
      ...{ device: 'eth0', pin: '/run/bpf/fast/0/cross', linkPin: '/run/bpf/fast/links/1' },
      order: 2,
    })
    return [name, command.join(' '), ...input.split('\n').slice(0, -1)]
  })
  const clsact = 'qdisc replace dev eth0 clsact'
  const filter = (direction: string) =>
    `filter add dev eth0 ${direction} pref 2 protocol all bpf direct-action object-pinned /run/bpf/fast/0/cross`
  const link = (type: number) =>
    `${builtProgram('bpfload')} link eth0 ${type} /run/bpf/fast/0/cross /run/bpf/fast/links/1`
  t.deepEqual(calls, [
    ['tc/ingress', 'tc -batch -', clsact, filter('ingress')],
    ['tc/egress', 'tc -batch -', clsact, filter('egress')],
    ['tcx/ingress', link(46)],
    ['tcx/egress', link(47)],
    ['netkit/primary', link(54)],
    ['netkit/peer', link(55)],
    ['xdp/generic', 'ip link set dev eth0 xdpgeneric pinned /run/bpf/fast/0/cross'],
    ['xdp/native', 'ip link set dev eth0 xdpdrv pinned /run/bpf/fast/0/cross'],
    ...sockets.map(([name, type]) => [name, link(type)]),
  ])
})

test('a hook is attached to for a while by a link, before programs of others or in a mode of XDP, or as a filter', (t) => {
  t.deepEqual(
    hooks.map(({ name, held }) => [
      name,
      ...(held.by === 'link' ? [held.type, held.flags] : [held.direction]),
    ]),
    [
      ['tc/ingress', 'ingress'],
      ['tc/egress', 'egress'],
      ['tcx/ingress', 46, 8],
      ['tcx/egress', 47, 8],
      ['netkit/primary', 54, 8],
      ['netkit/peer', 55, 8],
      ['xdp/generic', 37, 2],
      ['xdp/native', 37, 4],
      ...sockets.map(([name, type]) => [name, type, 0]),
    ],
  )
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

test('where links attach TC programs, codes have other names, and one of them another sense', (t) => {
  const namesAt = (hook: string, packet: string) =>
    Object.values(hookNamed(hook).type.codes).flatMap((code) => (code.packet === packet ? [code.name] : []))
  t.deepEqual(namesAt('tcx/ingress', 'ends'), ['TCX_DROP'])
  t.deepEqual(namesAt('tcx/egress', 'leaves'), ['TCX_REDIRECT'])
  t.true(namesAt('tcx/ingress', 'passes').includes('TC_ACT_STOLEN'))
  t.deepEqual(namesAt('netkit/peer', 'ends'), ['NETKIT_DROP'])
  t.deepEqual(namesAt('netkit/primary', 'passes'), ['NETKIT_PASS', 'NETKIT_NEXT'])
})

test('a hook that no list has is a fault of the caller', (t) => {
  t.throws(() => hookNamed('tc/sideways'), { message: 'no hook tc/sideways' })
})
