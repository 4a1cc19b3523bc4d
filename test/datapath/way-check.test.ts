import test from 'ava'
import { type Carried, carriedIn, contradictionsOf, doubtsOf } from '../../src/datapath/way-check.ts'
import { noTraffic } from '../../src/parts/traffic.ts'
import { findScenario } from '../../src/scenario/find.ts'
import { loadScenario } from '../../src/scenario/load.ts'

const { paths } = loadScenario(findScenario('redirect-vs-stack'))
const pathNamed = (name: string) => paths.find((path) => path.name === name)!

const ofFloods: Carried = { requests: 4000, replies: 0 }
const ofPingPongs: Carried = { requests: 1000, replies: 1000 }

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

const by =
  (check: typeof contradictionsOf) =>
  (
    path: string,
    counters: ReturnType<typeof router>,
    carried: readonly Carried[] = [ofFloods, ofPingPongs],
  ) =>
    check(pathNamed(path), { client: 'netns-1', flows: 1, carried, counters })
const found = by(contradictionsOf)
const doubted = by(doubtsOf)

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
  t.deepEqual(found('stack', beside), ['netns-2/veth1@2 saw 3 of 5000', 'netns-2/veth2@1 saw 5 of 5000'])
})

test('a network stack that forwards what is said to pass it over is told', (t) => {
  t.deepEqual(found('redirect', router(5000, 5000, 6000)), [
    'the network stack of netns-2 forwarded 5000 of 5000',
  ])
})

test('some of them may: a path falls back to the stack for what it does not know', (t) => {
  t.deepEqual(found('redirect', router(5000, 5000, 1500)), [])
})

test('all of one kind may not, where those of another are many more', (t) => {
  t.deepEqual(found('redirect', router(5000, 5000, 1600)), [
    'the network stack of netns-2 forwarded 600 of 5000',
  ])
})

test('what begins and ends a connection may be left to the stack', (t) => {
  const ofConnections = { requests: 800, replies: 800 }
  const counters = new Map([
    ...router(4800, 4800, 800 + 3 * 200),
    ['netns-1', new Map([['Tcp.ActiveOpens', 200]])],
  ])
  t.deepEqual(found('redirect', counters, [ofFloods, ofConnections]), [])
})

test('so may what begins and ends it on its way back, where that is told to pass the stack over, too', (t) => {
  const path = { ...pathNamed('redirect'), returnWay: pathNamed('redirect').way.toReversed() }
  const carried = [ofFloods, { requests: 600, replies: 600 }]
  const of = (forwarded: number) =>
    contradictionsOf(path, {
      ...{ client: 'netns-1', flows: 1, carried },
      counters: new Map([...router(4600, 4600, forwarded), ['netns-1', new Map([['Tcp.ActiveOpens', 200]])]]),
    })
  t.deepEqual(of(5 * 200), [])
  t.deepEqual(of(5 * 200 + 4600), ['the network stack of netns-2 forwarded 5600 of 4600'])
})

test('of connections that are over at once, nothing tells what the stack has forwarded of them', (t) => {
  const counters = new Map([
    ...router(1500, 1500, 2 * 1500),
    ['netns-1', new Map([['Tcp.ActiveOpens', 500]])],
  ])
  t.deepEqual(found('redirect', counters, [{ requests: 1500, replies: 1500 }]), [])
})

test('what the stack forwarded of replies is at most what the client got, whatever sockets count in segments', (t) => {
  const ofStreams = { requests: 400, replies: 5800 }
  const client = new Map([
    ['veth1@1.rxPackets', 130],
    ['lo.rxPackets', 9999],
  ])
  const counters = new Map([...router(4400, 4400, 4400 + 130), ['netns-1', client]])
  t.deepEqual(found('redirect', counters, [ofFloods, ofStreams]), [
    'the network stack of netns-2 forwarded 4400 of 4400',
  ])
})

test('of HTTP each request is a packet at least, and replies are what the client got', (t) => {
  const ofHttp = carriedIn({ kind: 'http', received: 160, traffic: noTraffic })
  t.deepEqual(ofHttp, { requests: 160, replies: Infinity })
  const withClient = (received: number, forwarded: number) =>
    new Map([...router(400, 400, forwarded), ['netns-1', new Map([['veth1@1.rxPackets', received]])]])
  t.deepEqual(found('redirect', withClient(400, 800), [ofHttp]), [
    'the network stack of netns-2 forwarded 400 of 160',
  ])
  t.deepEqual(found('redirect', withClient(650, 650), [ofHttp, { requests: 250, replies: 250 }]), [])
})

test('where a path says that replies pass the stack over, too, none of what it forwarded is theirs', (t) => {
  const path = { ...pathNamed('redirect'), returnWay: pathNamed('redirect').way.toReversed() }
  const carried = [{ requests: 250, replies: 250 }]
  const counted = { client: 'netns-1', flows: 1, carried, counters: router(250, 250, 250) }
  t.deepEqual(contradictionsOf(path, counted), ['the network stack of netns-2 forwarded 250 of 250'])
  t.deepEqual(contradictionsOf(pathNamed('redirect'), counted), [])
})

test('datagrams that the kernel carried as one are one; a few prove nothing of a stack', (t) => {
  const merged = { ...noTraffic, requestsReceived: 5000, merged: 4800, repliesSent: 1000 }
  t.deepEqual(carriedIn({ kind: 'flood', received: 5000, traffic: merged }), { requests: 200, replies: 1000 })
  const few = [{ requests: 99, replies: 99 }]
  t.deepEqual(found('redirect', router(99, 99, 300), few), [])
  t.deepEqual(found('stack', router(0, 0, 0), few), [
    'netns-2/veth1@2 saw 0 of 99',
    'netns-2/veth2@1 saw 0 of 99',
  ])
})

test('where a kernel does not count at a device, nothing is said of that', (t) => {
  t.deepEqual(found('stack', new Map()), [])
})

test('replies that go by the devices of a way are not taken for the requests that do not', (t) => {
  // Requests go by another link, and replies come in by veth2@1 and leave by veth1@2.
  t.deepEqual(found('stack', router(0, 0, 1000)), [
    'netns-2/veth1@2 saw 0 of 5000',
    'netns-2/veth2@1 saw 0 of 5000',
  ])
})

test('one server’s requests may be dealt out over several routes, and are not a few that get lost on one', (t) => {
  t.deepEqual(found('stack', router(700, 700, 1700)), [])
  t.deepEqual(found('stack', router(200, 200, 1200)), [
    'netns-2/veth1@2 saw 200 of 5000',
    'netns-2/veth2@1 saw 200 of 5000',
  ])
})

test('a router with one device is entered and left by it, and that is told once', (t) => {
  const { way, ...rest } = pathNamed('stack')
  const device = way.find((step) => step.through === 'device' && step.device === 'veth1@2')!
  const path = { ...rest, way: [device, { through: 'stack', namespace: 'netns-2' } as const, device] }
  const counters = router(0, 0, 0)
  counters.get('netns-2')?.set('veth1@2.txPackets', 0)
  t.deepEqual(contradictionsOf(path, { client: 'netns-1', flows: 1, carried: [ofFloods], counters }), [
    'netns-2/veth1@2 saw 0 of 4000',
  ])
})

test('that some of one server’s requests go another way is doubted, of devices and of a stack that is named', (t) => {
  t.deepEqual(doubted('stack', router(5000, 5000, 6000)), [])
  t.deepEqual(doubted('stack', router(1000, 5000, 6000)), ['netns-2/veth1@2 saw 1000 of 5000'])
  t.deepEqual(doubted('stack', router(5000, 5000, 1000)), ['the network stack of netns-2 saw 1000 of 5000'])
  t.deepEqual(doubted('redirect', router(5000, 5000, 1000)), [], 'it names no stack')
})

test('a stack that ends packets, as for a proxy, has seen them', (t) => {
  const counters = router(5000, 5000, 0)
  counters.get('netns-2')?.set('Ip.InDelivers', 5000)
  t.deepEqual(doubted('stack', counters), [])
})

test('nothing is doubted of few requests, nor where a kernel counts nothing', (t) => {
  t.deepEqual(doubted('stack', router(0, 0, 0), [{ requests: 99, replies: 99 }]), [])
  t.deepEqual(doubted('stack', new Map()), [])
})
