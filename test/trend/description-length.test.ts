import test from 'ava'
import { groupBits, groupStarts } from '../../src/trend/description-length.ts'

const bitsOf = (values: readonly number[], most: number, previousMean?: number): number =>
  groupBits(
    {
      size: values.length,
      sum: values.reduce((sum, value) => sum + value, 0),
      squares: values.reduce((sum, value) => sum + value ** 2, 0),
    },
    most,
    previousMean,
  )

test('a group takes as many bits as the model of jumpavg says', (t) => {
  // Computed from its formula in Python, with math.lgamma and statistics.pstdev.
  t.is(bitsOf([100, 101, 99, 100, 102], 102).toFixed(6), '29.108422')
  t.is(bitsOf([95, 96, 94, 95, 96], 102, 100.4).toFixed(6), '32.523869')
  t.is(bitsOf([95], 102, 100).toFixed(6), '11.773963')
})

test('five of 100 and five of 90 are two groups', (t) => {
  t.deepEqual(groupStarts([100, 100, 100, 100, 100, 90, 90, 90, 90, 90]), [5])
})

test('in coarse units a drop of 5 % in noise of 1 % goes unseen, as it does by jumpavg', (t) => {
  const values = [100, 101, 99, 100, 102, 95, 96, 94, 95, 96]
  t.deepEqual(groupStarts(values), [])
})

test('in fine units and after more values it is seen', (t) => {
  const values = [100, 101, 99, 100, 102, 95, 96, 94, 95, 96]
  t.deepEqual(groupStarts([...values.slice(0, 5), ...values].map((value) => value * 100)), [10])
})

test('one value or none is one group at most', (t) => {
  t.deepEqual(groupStarts([]), [])
  t.deepEqual(groupStarts([5]), [])
  t.deepEqual(groupStarts([0, 0, 0]), [])
})
