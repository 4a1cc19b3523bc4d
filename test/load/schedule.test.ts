import test from 'ava'
import type { PlannedPath, TrialBatch } from '../../src/load/driver.ts'
import { planBlock } from '../../src/load/schedule.ts'
import { orderOf } from '../../src/load/udp-driver.ts'
import type { LoadTrial } from '../../src/parts/loads/loads.ts'
import { randomSource, shuffled } from '../../src/stats/random.ts'

const load = [
  { kind: 'flood', packets: 3200, payloadBytes: 64, engine: 'socket', sink: 'socket' },
  { kind: 'pingpong', packets: 500, payloadBytes: 64 },
  { kind: 'paced', packets: 1000, payloadBytes: 128, ratePps: 50_000 },
] as const
const planned = (name: string): PlannedPath => ({ name, mayLose: false })
const paths = ['stack', 'redirect', 'control', 'floor'].map(planned)

const http = { kind: 'http', requests: 320, connections: 16, port: 80 } as const

/** The UDP trials of a block, one after the other. */
const udpTrialsOf = (batches: readonly TrialBatch[]) =>
  batches.flatMap((batch) => (batch.driver === 'udpgen' ? batch.trials.map(orderOf) : []))

const blocks = (count: number, seed = 1) => {
  const random = randomSource(seed)
  return Array.from({ length: count }, () =>
    udpTrialsOf(planBlock(paths, load, (items) => shuffled(items, random))),
  )
}

test('without shuffling, every path gets every trial as the scenario has it', (t) => {
  const orders = udpTrialsOf(planBlock(['a', 'b'].map(planned), load.slice(1), (items) => [...items]))
  t.deepEqual(
    orders.map(({ path, kind, packets, payloadBytes, ratePps }) => ({
      path,
      kind,
      packets,
      payloadBytes,
      ratePps,
    })),
    [
      { path: 'a', kind: 'pingpong', packets: 500, payloadBytes: 64, ratePps: undefined },
      { path: 'b', kind: 'pingpong', packets: 500, payloadBytes: 64, ratePps: undefined },
      { path: 'a', kind: 'paced', packets: 1000, payloadBytes: 128, ratePps: 50_000 },
      { path: 'b', kind: 'paced', packets: 1000, payloadBytes: 128, ratePps: 50_000 },
    ],
  )
})

test('the first packets of a trial are not timed, unless it has hardly more than these', (t) => {
  const load32 = [
    { ...load[0], packets: 33 },
    { ...load[0], packets: 32 },
  ]
  const [long, short] = udpTrialsOf(planBlock([planned('stack')], load32, (items) => [...items]))
  t.is(long?.leadPackets, 16)
  t.is(short?.leadPackets, undefined)
})

test('a path that may lose is not waited for as long as one that may not', (t) => {
  const [lossy, whole] = ['lossy', 'whole'].map((name) =>
    udpTrialsOf(planBlock([{ name, mayLose: name === 'lossy' }], load, (items) => [...items])),
  )
  t.deepEqual(
    lossy?.map(({ quietNs, timeoutNs }) => [quietNs, timeoutNs]),
    [
      [20e6, undefined],
      [20e6, 20e6],
      [20e6, undefined],
    ],
  )
  t.true(whole?.every(({ quietNs, timeoutNs }) => quietNs === undefined && timeoutNs === undefined))
})

test('in every block each path gets each kind once, and trials of a kind run back to back', (t) => {
  for (const block of blocks(20)) {
    t.is(new Set(block.map(({ path, kind }) => `${path} ${kind}`)).size, 12)
    const kinds = block.map(({ kind }) => kind)
    t.is(kinds.filter((kind, place) => kind !== kinds[place - 1]).length, 3)
  }
})

test('UDP trials that follow each other are one batch, HTTP trials one of their own', (t) => {
  const inOrder = (kinds: readonly LoadTrial[]) =>
    planBlock(['a', 'b'].map(planned), kinds, (items) => [...items])
  const [flood, pingpong, paced] = load
  t.deepEqual(
    inOrder([flood, http, pingpong, paced]).map(({ driver, trials }) => [driver, trials.length]),
    [
      ['udpgen', 2],
      ['h2load', 2],
      ['udpgen', 4],
    ],
  )
  t.deepEqual(inOrder([http]), [
    { driver: 'h2load', trials: ['a', 'b'].map((name) => ({ path: planned(name), trial: http })) },
  ])
})

test('over many blocks every path takes every place of its kind about equally often', (t) => {
  const places = new Map<string, number>()
  for (const block of blocks(1200))
    for (const [place, { path, kind }] of block.entries()) {
      const key = `${path} ${kind} ${place % 4}`
      places.set(key, (places.get(key) ?? 0) + 1)
    }
  t.is(places.size, 4 * 3 * 4)
  // 300 expected; five standard deviations of a binomial count are 75.
  for (const [key, count] of places) t.true(Math.abs(count - 300) < 75, `${key}: ${count}`)
})

test('the same seed gives the same order', (t) => {
  t.deepEqual(blocks(5, 42), blocks(5, 42))
  t.notDeepEqual(blocks(5, 42), blocks(5, 43))
})
