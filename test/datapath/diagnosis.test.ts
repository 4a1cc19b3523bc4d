import test from 'ava'
import { diagnose } from '../../src/datapath/diagnosis.ts'
import { hopsOf } from '../../src/datapath/path-hops.ts'
import type { ScenarioPath } from '../../src/scenario/scenario.ts'
import { changed, exampleText, parse } from '../scenario/example.ts'

const pathOf = (name: string, text = exampleText): ScenarioPath =>
  parse(text).paths.find((path) => path.name === name)!

const throughRouter = [
  { namespace: 'netns-1', departure: 'veth1@1' },
  { namespace: 'netns-2', arrival: 'veth1@2', departure: 'veth2@1' },
  { namespace: 'netns-3', arrival: 'veth2@2' },
]

test('hops are those of the way, with the devices that it leaves out', (t) => {
  t.deepEqual(hopsOf(pathOf('stack'), 'netns-1', 'netns-3', 'request'), throughRouter)
  t.deepEqual(hopsOf(pathOf('redirect'), 'netns-1', 'netns-3', 'request'), throughRouter)
  t.deepEqual(hopsOf(pathOf('stack'), 'netns-1', 'netns-3', 'reply'), [
    { namespace: 'netns-3', departure: 'veth2@2' },
    { namespace: 'netns-2', arrival: 'veth2@1', departure: 'veth1@2' },
    { namespace: 'netns-1', arrival: 'veth1@1' },
  ])
})

test('a way that is not told goes by the fewest links', (t) => {
  const text = changed('way: [netns-1, netns-2/veth1@2, netns-2, netns-3]', 'way: []')
  t.deepEqual(hopsOf(pathOf('stack', text), 'netns-1', 'netns-3', 'request'), throughRouter)
})

const counters = (counts: Readonly<Record<string, Readonly<Record<string, number>>>>) =>
  new Map(Object.entries(counts).map(([name, own]) => [name, new Map(Object.entries(own))]))

const lost = { client: 'netns-1', sent: 32, received: 0, answered: 0 }

/** Packets may leave the router by a device that the way does not name. */
const withOtherDevice = (): ScenarioPath => {
  const text = changed(
    'veth2:\n',
    'other:\n      - { namespace: netns-2, device: veth3@1 }\n      - { namespace: netns-3, device: veth3@2 }\n    veth2:\n',
  )
  const way = 'way: [netns-1, netns-2/veth1@2, netns-2, netns-3]'
  const built = changed('veth1: null', 'veth1: null\n        other: null', text)
  return pathOf('stack', changed(way, way.replace('netns-2, netns-3', 'netns-2/veth2@1, netns-3'), built))
}
const strayed = {
  'netns-1': { 'veth1@1.txPackets': 33 },
  'netns-2': { 'veth1@2.rxPackets': 33, 'veth3@1.txPackets': 32, 'Ip.ForwDatagrams': 32 },
}

test('packets that leave by another device than the way says are told with it, and with nothing else', (t) => {
  const lines = diagnose(withOtherDevice(), counters(strayed), lost)
  t.deepEqual(lines.slice(1), [
    '32 of 32 got lost in netns-2: no counter of the kernel tells of them',
    'likely: they left netns-2 by veth3@1, which sent 32, and not by veth2@1',
  ])
})

test('where packets strayed to is asked why it did not take them', (t) => {
  const there = { 'netns-3': { 'veth3@2.rxPackets': 32, 'TcpExt.IPReversePathFilter': 32 } }
  const lines = diagnose(withOtherDevice(), counters({ ...strayed, ...there }), lost)
  t.regex(lines[2] ?? '', /^likely: they left netns-2 by veth3@1/)
  t.regex(lines[3] ?? '', /^likely: rp_filter of netns-3 drops/)
})

test('a frame of ARP more does not hide a packet less', (t) => {
  const lines = diagnose(
    pathOf('stack'),
    counters({
      'netns-1': { 'veth1@1.txPackets': 34 },
      'netns-2': {
        'veth1@2.rxPackets': 34,
        'Ip.ForwDatagrams': 31,
        'veth2@1.txPackets': 31,
        'Ip.InHdrErrors': 1,
      },
    }),
    { ...lost, received: 31 },
  )
  t.is(lines[1], '1 of 32 got lost in netns-2: netns-2/Ip.InHdrErrors +1')
})

test('what a device refuses is blamed on the MTU, and a few of many on a queue that was full', (t) => {
  const hintOf = (txPackets: number, txDropped: number) =>
    diagnose(
      pathOf('stack'),
      counters({ 'netns-1': { 'veth1@1.txPackets': txPackets, 'veth1@1.txDropped': txDropped } }),
      { ...lost, sent: txPackets + txDropped, received: txPackets },
    ).at(-1)
  t.regex(hintOf(500, 250)!, /longer than the MTU/)
  t.regex(hintOf(749, 1)!, /a few frames of many: .*net\.core\.netdev_max_backlog/)
})

test('small packets that pass while long ones do not speak for the MTU', (t) => {
  const sizes = [
    { payloadBytes: 64, sent: 16, answered: 16 },
    { payloadBytes: 1472, sent: 16, answered: 0 },
  ]
  const [line] = diagnose(pathOf('stack'), counters({}), { ...lost, received: 16, sizes })
  t.regex(line!, /^packets of 64 bytes pass, and none of 1472 does: likely the MTU/)
})
