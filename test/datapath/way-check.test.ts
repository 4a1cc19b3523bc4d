import test from 'ava'
import { contradictionsOf } from '../../src/datapath/way-check.ts'
import { noTraffic, type Traffic } from '../../src/parts/traffic.ts'
import { findScenario } from '../../src/scenario/find.ts'
import { loadScenario } from '../../src/scenario/load.ts'

const { paths } = loadScenario(findScenario('redirect-vs-stack'))
const pathNamed = (name: string) => paths.find((path) => path.name === name)!

const traffic: Traffic = { ...noTraffic, requestsSent: 5000, requestsReceived: 5000, repliesSent: 1000 }

/** What the router of redirect-vs-stack has counted. */
const router = (incoming: number, outgoing: number, forwarded: number) =>
  new Map([
    [
      'netns-2',
      new Map([
        ['veth1@2.rxPackets', incoming],
        ['veth1@2.txPackets', 1000],
        ['veth2@1.rxPackets', 1000],
        ['veth2@1.txPackets', outgoing],
        ['Ip.ForwDatagrams', forwarded],
      ]),
    ],
  ])

const found = (path: string, counters: ReturnType<typeof router>, own = traffic) =>
  contradictionsOf(pathNamed(path), 'netns-1', own, counters)

test('counters that see the requests where the path says that they go contradict nothing', (t) => {
  t.deepEqual(found('stack', router(5000, 5000, 6000)), [])
  t.deepEqual(found('redirect', router(5000, 5000, 1000)), [])
})

test('a device on the way that has seen none of the requests is told, whatever the rules of proof say', (t) => {
  const beside = new Map(
    [...router(3, 5, 0)].map(([name, counters]) => [
      name,
      new Map(counters).set('veth1@2.txPackets', 4).set('veth2@1.rxPackets', 2),
    ]),
  )
  t.deepEqual(found('stack', beside), ['netns-2/veth1@2 saw 4 of 5000', 'netns-2/veth2@1 saw 5 of 5000'])
})

test('a network stack that forwards what is said to pass it over is told', (t) => {
  t.deepEqual(found('redirect', router(5000, 5000, 6000)), [
    'the network stack of netns-2 forwarded 5000 of 5000',
  ])
})

test('some of them may: a path falls back to the stack for what it does not know', (t) => {
  t.deepEqual(found('redirect', router(5000, 5000, 1500)), [])
})

test('datagrams that the kernel carried as one are one; of a few requests nothing is said', (t) => {
  t.deepEqual(found('stack', router(200, 200, 1200), { ...traffic, merged: 4800 }), [])
  t.deepEqual(found('stack', router(0, 0, 0), { ...traffic, requestsReceived: 99 }), [])
})

test('where a kernel does not count at a device, nothing is said of that', (t) => {
  t.deepEqual(found('stack', new Map()), [])
})
