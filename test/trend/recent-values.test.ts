import test from 'ava'
import { RecentValues } from '../../src/trend/recent-values.ts'
import { SortedWindow } from '../../src/trend/sorted-window.ts'
import { drawn, normalNoise } from './noise.ts'

test('values come and go, and stay sorted', (t) => {
  const window = new SortedWindow(20)
  const values = drawn(normalNoise(31), 100).map((value) => Math.round(value * 3) + 0)
  for (const [index, value] of values.entries()) {
    if (index >= 20) window.remove(values[index - 20]!)
    window.add(value)
    const expected = values.slice(Math.max(0, index - 19), index + 1).toSorted((a, b) => a - b)
    t.deepEqual([...window.rising], expected)
  }
})

test('the oldest value makes way', (t) => {
  const recent = new RecentValues(4)
  for (const value of [9, 1, 2, 3, 4]) recent.add(value)
  t.deepEqual([...recent.winsorised()], [1, 2, 3, 4])
  recent.forget(2)
  recent.add(2.5)
  t.deepEqual([...recent.winsorised()], [3, 4, 2.5])
  t.is(recent.length, 3)
})

test('a value far out is drawn in to four spreads from the median, and the others stay', (t) => {
  const recent = new RecentValues(10)
  for (const value of [-1, 0, 1, 50, 2, -2, 0.5]) recent.add(value)
  // Median 0.5, median absolute deviation 1.5.
  const most = 0.5 + 4 * 1.5 * 1.482602218505602
  t.deepEqual([...recent.winsorised()], [-1, 0, 1, most, 2, -2, 0.5])
})
