import test from 'ava'
import type { Sighting, TracedPacket } from '../../src/trace/packets.ts'
import { packetsOf } from '../../src/trace/packets.ts'
import type { TracedKind } from '../../src/record/trace.ts'
import { type MeasuredPath, sumOf, tracedPaths } from '../../src/trace/trace.ts'
import { wayOf } from '../../src/trace/way.ts'
import { recorded } from './recorded.ts'

const named = { path: 'one', title: 'one', role: 'baseline' } as const

const tracedPath = (path: MeasuredPath, load: TracedKind) => tracedPaths([path], load)[0]!

/** A request at stations, so many ns after one another, with probes that take 10 ns. */
function request(sequence: number, gapsNs: Readonly<Record<string, number>>): TracedPacket {
  let ns = 1000
  const sightings = Object.entries(gapsNs).map(([station, gapNs]): Sighting => {
    ns += gapNs
    const isEnd = station === 'send' || station === 'receive'
    const sighting = {
      station,
      namespace: 'n',
      device: undefined,
      occurrence: 0,
      ns,
      endNs: ns + (isEnd ? 0 : 10),
      cpu: 0,
    }
    ns = sighting.endNs
    return sighting
  })
  return { trialId: 1, sequence, kind: 'request', sightings, isReceived: true }
}

const many = (count: number, gapsNs: Readonly<Record<string, number>>): TracedPacket[] =>
  Array.from({ length: count }, (_, index) => request(index, gapsNs))

test('stations have the median of the time since the probe before had done', (t) => {
  const way = wayOf(
    [100, 200, 300].map((gap, index) => request(index, { send: 0, a: gap, b: 50, receive: 7 })),
  )!
  t.deepEqual(
    way.stations.map(({ sinceLastNs }) => sinceLastNs?.median),
    [undefined, 200, 50, 7],
  )
  t.is(way.betweenNs.median, 257)
  t.is(way.inProbesNs.median, 20)
})

test('packets that missed a station are told, and are in no median', (t) => {
  const seen = many(39, { send: 0, a: 100, b: 50, receive: 7 })
  const way = wayOf([...seen, request(40, { send: 0, b: 9000, receive: 7 })])!
  t.is(way.packets, 39)
  t.is(way.otherwise, 1)
  t.is(way.whole, 39)
  t.is(way.stations[1]?.sinceLastNs?.median, 100)
})

test('a station that only some packets meet is no station of the way, and those packets are seen whole', (t) => {
  const plain = many(39, { send: 0, a: 100, receive: 7 })
  const way = wayOf([...plain, request(40, { send: 0, a: 100, sched_waking: 5, receive: 2 })])!
  t.deepEqual(
    way.stations.map(({ station }) => station),
    ['send', 'a', 'receive'],
  )
  t.is(way.packets, 40)
  t.is(way.whole, 40)
})

test('packets to several servers take several ways: the one that most took is shown, and all are whole', (t) => {
  const way = wayOf([
    ...many(12, { send: 0, a: 100, receive: 7 }),
    ...many(8, { send: 0, b: 100, receive: 7 }),
  ])!
  t.deepEqual(
    way.stations.map(({ station }) => station),
    ['send', 'a', 'receive'],
  )
  t.deepEqual([way.packets, way.otherwise, way.whole], [12, 8, 20])
})

test('without trials with one set of probes alone, trials with none tell what they take', (t) => {
  const packets = [1, 2, 3].map((index) => request(index, { send: 0, a: 500, b: 400, c: 600, receive: 300 }))
  const path = tracedPath({ ...named, sent: 3, packets, turns: [{ all: 1830, none: 1200 }] }, 'pingpong')
  t.is(path.probeNs, 10)
  t.is(path.besideProbeNs, 200)
  t.is(sumOf(path.there!), 1200)
  t.deepEqual(
    path.there!.stations.map(({ ownNs }) => ownNs),
    [0, 400, 200, 400, 200],
  )
})

test('probes of each set are taken off by trials with probes alone: what trials without measure goes into no sum', (t) => {
  const gaps = { send: 0, sys_enter_sendto: 500, a: 500, b: 500, receive: 500 }
  const packets = [1, 2, 3].map((index) => request(index, gaps))
  const path = tracedPath(
    { ...named, sent: 3, packets, turns: [{ all: 2030, calls: 1610, rest: 1620, none: 9999 }] },
    'pingpong',
  )
  t.is(path.besideCallNs, 400)
  t.is(path.besideProbeNs, 200)
  t.is(sumOf(path.there!), 1200)
})

test('no station takes less than nothing, however little is left of it', (t) => {
  const packets = [request(1, { send: 0, a: 500, b: 20, receive: 500 })]
  const path = tracedPath({ ...named, sent: 1, packets, turns: [{ all: 900, none: 700 }] }, 'pingpong')
  t.true(path.there!.stations.every(({ ownNs }) => ownNs >= 0))
})

test('recorded packets add up: between probes and in them is from the send call to the receive call', (t) => {
  for (const name of ['stack', 'redirect'] as const) {
    const { events, places } = recorded(name)
    const packets = packetsOf(events, places, 0)
    for (const packet of packets.filter(({ kind }) => kind === 'request')) {
      const way = wayOf([packet])!
      const [first, last] = [packet.sightings[0]!, packet.sightings.at(-1)!]
      t.is(way.betweenNs.median + way.inProbesNs.median, last.ns - first.ns)
    }
  }
})

test('of a path over which nothing came there is no way, and nothing is said of probes', (t) => {
  const path = tracedPath({ ...named, sent: 5, packets: [], turns: [] }, 'pingpong')
  t.is(path.there, undefined)
  t.is(path.whole, 0)
  t.is(path.besideProbeNs, 0)
})

test('a probe takes as much on one path as on others: what one measures amiss changes no sum', (t) => {
  const gaps = { send: 0, sys_enter_sendto: 500, a: 500, b: 500, receive: 500 }
  const packets = [1, 2, 3].map((index) => request(index, gaps))
  const right = { all: 2030, calls: 1610, rest: 1620 }
  const measured = [right, { ...right, calls: 900 }, right].map((turn) => ({
    ...{ ...named, sent: 3, packets, turns: [turn] },
  }))
  t.deepEqual(
    tracedPaths(measured, 'pingpong').map(({ there }) => sumOf(there!)),
    [1200, 1200, 1200],
  )
})
