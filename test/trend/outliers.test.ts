import test from 'ava'
import { outlierIndices } from '../../src/trend/outliers.ts'
import { drawn, normalNoise } from './noise.ts'

test('single values far from those around them are outliers', (t) => {
  const values = drawn(normalNoise(61), 200)
  values[0] = 12
  values[120] = -9
  values[199] = 8
  t.deepEqual(outlierIndices(values), [0, 120, 199])
})

test('what is far depends on the values around, not on all', (t) => {
  const noise = normalNoise(62)
  const values = [...drawn(noise, 100), ...drawn(noise, 100).map((value) => value * 50)]
  values[30] = 20
  t.deepEqual(
    outlierIndices(values).filter((index) => index < 60),
    [30],
  )
})

test('of few values none is called far', (t) => {
  t.deepEqual(outlierIndices([0, 1, 0, 1, 100]), [])
})

test('values most of which are alike have no scale to be far by', (t) => {
  t.deepEqual(outlierIndices([...Array<number>(30).fill(1), 2]), [])
})
