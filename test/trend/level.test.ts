import test from 'ava'
import { levelOf } from '../../src/trend/level.ts'
import { correlatedNoise, drawn, normalNoise } from './noise.ts'

test("a level is the mean with Student's interval by the sample variance", (t) => {
  // 2.7764 · √(0.217 / 5)
  const { mean, halfWidth } = levelOf([5.1, 4.9, 5.6, 5.8, 6.0])
  t.is(mean.toFixed(4), '5.4800')
  t.is(halfWidth!.toFixed(4), '0.5784')
})

test('one value has a level and no interval', (t) => {
  t.deepEqual(levelOf([3]), { mean: 3, halfWidth: null })
})

test('values of which neighbours are alike tell less', (t) => {
  const { halfWidth: apart } = levelOf(drawn(normalNoise(71), 100))
  const { halfWidth: alike } = levelOf(drawn(correlatedNoise(71, 0.7), 100))
  t.true(alike! > 1.6 * apart!)
})
