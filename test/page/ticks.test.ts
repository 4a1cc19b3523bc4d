import test from 'ava'

import { placeOn, rowAxis } from '../../src/page/row-axis.ts'
import { linearTicks, logTicks } from '../../src/page/ticks.ts'

test('linear marks are multiples of 1, 2 or 5 within the ends', (t) => {
  t.deepEqual(linearTicks(-7.4, 8.1, 5), [-5, 0, 5])
  t.deepEqual(linearTicks(0, 0.3, 3), [0, 0.1, 0.2, 0.3])
  t.deepEqual(linearTicks(95, 1012, 5), [200, 400, 600, 800, 1000])
  t.deepEqual(linearTicks(3, 3, 5), [3])
})

test('logarithmic marks grow fewer where decades are many', (t) => {
  t.deepEqual(logTicks(1, 9, 6), [1, 1.5, 2, 3, 5, 7])
  t.deepEqual(logTicks(8, 130, 6), [10, 20, 50, 100])
  t.deepEqual(logTicks(0.2, 40, 4), [1, 10])
})

test('places run from 0 to 100 and stay within', (t) => {
  const linear = rowAxis(0, 8, { label: String })
  t.deepEqual(
    [-1, 0, 2, 8, 9].map((value) => placeOn(linear, value)),
    [0, 0, 25, 100, 100],
  )
  const log = rowAxis(1, 100, { label: String })
  t.true(log.isLog)
  t.deepEqual(
    [0.1, 1, 10, 100].map((value) => placeOn(log, value)),
    [0, 0, 50, 100],
  )
})
