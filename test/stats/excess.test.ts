import test from 'ava'
import { excessOverFloor } from '../../src/stats/excess.ts'
import { randomSource } from '../../src/stats/random.ts'
import { normal } from './simulated-rounds.ts'

const simulated = (costs: { path: number; baseline: number; floor: number }) => {
  const random = randomSource(1)
  return Array.from({ length: 8 }, () => {
    // What the machine does to a block, it does to all three.
    const levels = Array.from({ length: 10 }, () => 50 * random())
    const values = (cost: number) => levels.map((level) => cost + level + normal(random))
    return { path: values(costs.path), baseline: values(costs.baseline), floor: values(costs.floor) }
  })
}

test("the router's own cost is what a path adds to the floor", (t) => {
  const { excess, ratioToBaseline } = excessOverFloor({
    rounds: simulated({ path: 873, baseline: 900, floor: 800 }),
    random: randomSource(2),
  })!
  t.true(Math.abs(excess.estimate - 73) < 0.5)
  t.true(excess.low! > 72 && excess.high! < 74 && excess.low! < excess.high!)
  t.is(excess.n, 80)
  t.true(Math.abs(ratioToBaseline!.estimate - 0.73) < 0.005)
  t.true(ratioToBaseline!.low! < 0.73 && ratioToBaseline!.high! > 0.73)
  t.true(ratioToBaseline!.high! - ratioToBaseline!.low! < 0.02)
  t.regex(ratioToBaseline!.method, /^ratio of Hodges–Lehmann estimates; bootstrap over 8 rounds/)
})

test('the baseline against itself has the ratio 1, with no width, as both come from the same blocks', (t) => {
  const rounds = simulated({ path: 0, baseline: 900, floor: 800 })
  const { ratioToBaseline } = excessOverFloor({
    rounds: rounds.map((round) => ({ ...round, path: round.baseline })),
    random: randomSource(2),
  })!
  t.is(ratioToBaseline!.estimate, 1)
  t.is(ratioToBaseline!.low, 1)
  t.is(ratioToBaseline!.high, 1)
})

test('a path that beats the floor has a negative excess', (t) => {
  const { excess, ratioToBaseline } = excessOverFloor({
    rounds: simulated({ path: 790, baseline: 900, floor: 800 }),
    random: randomSource(2),
  })!
  t.true(excess.high! < 0)
  t.true(ratioToBaseline!.high! < 0)
})

test("there is no ratio where the baseline's own excess may be 0", (t) => {
  const { ratioToBaseline } = excessOverFloor({
    rounds: simulated({ path: 850, baseline: 800, floor: 800 }),
    random: randomSource(2),
  })!
  t.is(ratioToBaseline, null)
})

test('too few blocks have an excess without an interval, and no ratio', (t) => {
  t.deepEqual(
    excessOverFloor({
      rounds: [{ path: [12, 14], baseline: [20, 22], floor: [10, 10] }],
      random: randomSource(1),
    }),
    {
      excess: {
        estimate: 3,
        low: null,
        high: null,
        method: 'Hodges–Lehmann; no interval: fewer than 6 values',
        n: 2,
      },
      ratioToBaseline: null,
    },
  )
})

test('blocks that lack one of the three values are left out', (t) => {
  const rounds = [{ path: [12, NaN, 1, 2], baseline: [20, 20, NaN, 2], floor: [10, 10, 10] }]
  t.is(excessOverFloor({ rounds, random: randomSource(1) })!.excess.n, 1)
  t.is(excessOverFloor({ rounds: [], random: randomSource(1) }), null)
})
