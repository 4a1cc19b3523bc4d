import test from 'ava'
import { randomSource, shuffled, splitMix64, xoshiro128 } from '../../src/stats/random.ts'

test('SplitMix64 gives the values of its reference implementation', (t) => {
  // splitmix64.c by Vigna, seed 1234567; also on Rosetta Code, "Pseudo-random numbers/Splitmix64".
  const next = splitMix64(1234567n)
  t.deepEqual([next(), next(), next()], [6457827717110365317n, 3203168211198807973n, 9817491932198370423n])
})

test('xoshiro128** gives the values of its reference implementation', (t) => {
  // xoshiro128starstar.c 1.1 by Blackman and Vigna, state {1, 2, 3, 4}.
  const next = xoshiro128([1, 2, 3, 4])
  t.deepEqual(
    Array.from({ length: 10 }, next),
    [11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804],
  )
})

test('a seed gives the same numbers every time, and another seed others', (t) => {
  const first = (seed: number) => Array.from({ length: 5 }, randomSource(seed))
  t.deepEqual(first(42), first(42))
  t.notDeepEqual(first(42), first(43))
  t.notDeepEqual(first(42), first(2 ** 32 + 42))
})

test('numbers lie in [0, 1) and are spread evenly', (t) => {
  const random = randomSource(1)
  const tenths = Array<number>(10).fill(0)
  for (let draw = 0; draw < 10_000; draw++) {
    const value = random()
    t.true(value >= 0 && value < 1)
    tenths[Math.floor(value * 10)]! += 1
  }
  // Chi-square with 9 degrees of freedom passes 27.9 once in 1,000.
  t.true(tenths.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0) < 27.9)
})

test('a seed that is not a whole number is refused', (t) => {
  t.throws(() => randomSource(0.5), { instanceOf: RangeError })
  t.throws(() => randomSource(NaN), { instanceOf: RangeError })
})

test('shuffling keeps the items, leaves the original alone, and gives every order alike', (t) => {
  const random = randomSource(2)
  const items = Object.freeze(['a', 'b', 'c'])
  const orders = new Map<string, number>()
  for (let draw = 0; draw < 6000; draw++) {
    const order = shuffled(items, random).join('')
    orders.set(order, (orders.get(order) ?? 0) + 1)
  }
  t.deepEqual([...orders.keys()].sort(), ['abc', 'acb', 'bac', 'bca', 'cab', 'cba'])
  // Chi-square with 5 degrees of freedom passes 20.5 once in 1,000.
  t.true([...orders.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0) < 20.5)
  t.deepEqual(shuffled([], random), [])
})
