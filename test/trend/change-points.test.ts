import test from 'ava'
import { changePoints } from '../../src/trend/change-points.ts'
import { nile, nileChange } from './nile.ts'
import { drawn, normalNoise } from './noise.ts'

const level = 0.001

/** Noise of 1, and what is added to it from an index on. */
const stepped = (seed: number, count: number, steps: readonly (readonly [from: number, by: number])[]) => {
  const values = drawn(normalNoise(seed), count)
  for (const [from, by] of steps) for (let index = from; index < count; index++) values[index]! += by
  return values
}

test('the Nile changed once, in 1899', (t) => {
  const changes = changePoints(nile, level)
  t.deepEqual(
    changes.map(({ at }) => at),
    [nileChange],
  )
})

test('a lasting step of three times the noise is found within five values of it', (t) => {
  const [change, ...others] = changePoints(stepped(51, 110, [[100, -3]]), level)
  t.true(Math.abs(change!.at - 100) <= 1, `${change!.at}`)
  t.true(change!.foundAt <= 104, `${change!.foundAt}`)
  t.true(change!.pValue <= level)
  t.deepEqual(others, [])
})

test('a level that comes and goes has two changes', (t) => {
  const changes = changePoints(
    stepped(52, 200, [
      [80, 5],
      [120, -5],
    ]),
    level,
  )
  t.deepEqual(
    changes.map(({ at }) => at),
    [80, 120],
  )
})

test('a spike is no change, however high, and two are none', (t) => {
  const values = stepped(53, 150, [])
  values[70] = 100
  values[110] = -100
  values[111] = -90
  t.deepEqual(changePoints(values, level), [])
})

test('a spike does not hide a step', (t) => {
  const values = stepped(54, 120, [[100, 4]])
  values[60] = 1000
  t.deepEqual(
    changePoints(values, level).map(({ at }) => at),
    [100],
  )
})

test('whoever looks after every value finds what one look at all of them finds', (t) => {
  const values = stepped(55, 160, [
    [60, 4],
    [110, -6],
  ])
  const atOnce = changePoints(values, level)
  t.is(atOnce.length, 2)
  for (const { foundAt, pValue } of atOnce) {
    const before = changePoints(values.slice(0, foundAt), level)
    const after = changePoints(values.slice(0, foundAt + 1), level)
    t.is(after.length, before.length + 1)
    t.is(after.at(-1)?.foundAt, foundAt)
    t.is(after.at(-1)?.pValue, pValue)
  }
})

test('where a change is becomes clear as more values come', (t) => {
  // The first value of the new level looks like one of the old.
  const values = [...stepped(56, 100, []), 0.2, ...stepped(57, 60, [[0, 3]])]
  const early = changePoints(values.slice(0, 108), level)
  const late = changePoints(values, level)
  t.is(early.length, 1)
  t.is(late.length, 1)
  t.is(late[0]!.foundAt, early[0]!.foundAt)
  t.true(Math.abs(late[0]!.at - 101) <= 1)
})

test('too few values have no change', (t) => {
  t.deepEqual(changePoints([], level), [])
  t.deepEqual(changePoints([1], level), [])
  t.deepEqual(changePoints([1, 1, 1, 1, 1, 9, 9, 9, 9, 9], level), [])
})

test('values that are all alike have no change', (t) => {
  t.deepEqual(changePoints(Array<number>(300).fill(1), level), [])
})

test('a step between values that are all alike is found', (t) => {
  const values = [...Array<number>(40).fill(1), ...Array<number>(6).fill(1.03)]
  t.deepEqual(
    changePoints(values, level).map(({ at }) => at),
    [40],
  )
})
