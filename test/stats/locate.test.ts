import test from 'ava'
import { locate } from '../../src/stats/locate.ts'
import { randomSource } from '../../src/stats/random.ts'

test('a location comes with its interval, method and number of values', (t) => {
  const rounds = [
    [101, 103, 102],
    [99, 100, 104],
  ]
  const { estimate, low, high, method, n } = locate(rounds, { random: randomSource(1) })!
  t.is(estimate, 101.5)
  t.true(low! >= 99 && low! <= 101.5 && high! >= 101.5 && high! <= 104)
  t.regex(method, /^Hodges–Lehmann; bootstrap over 2 rounds/)
  t.is(n, 6)
})

test('values that are not finite are left out', (t) => {
  const { estimate, low, n } = locate([[1, NaN, 3], [Infinity]], { random: randomSource(1) })!
  t.is(estimate, 2)
  t.is(low, null)
  t.is(n, 2)
})

test('no values have no location', (t) => {
  t.is(locate([], { random: randomSource(1) }), null)
  t.is(locate([[NaN]], { random: randomSource(1) }), null)
})
