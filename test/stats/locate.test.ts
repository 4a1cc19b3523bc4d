import test from 'ava'
import { locate, locateMean } from '../../src/stats/locate.ts'
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

test('of several series it is the mean of their locations, over blocks that all of them have', (t) => {
  const first = [
    [1, 2, 3],
    [4, 5, NaN],
  ]
  const second = first.map((round) => round.map((value) => value + 10))
  const { estimate, isOneRound } = locateMean([first, second], { random: randomSource(1) })!
  t.is(estimate.estimate, 8)
  t.is(estimate.n, 5)
  t.false(isOneRound)
  t.regex(estimate.method, /^mean of 2 Hodges–Lehmann estimates; /)
  t.is(locateMean([first, [[NaN, 2], [9]]], { random: randomSource(1) })!.estimate.n, 2)
})

test('noise that two series do not share is halved in their mean, and what they share stays', (t) => {
  const random = randomSource(5)
  const series = () => Array.from({ length: 8 }, () => Array.from({ length: 30 }, () => random() - 0.5))
  const [first, second] = [series(), series()]
  const width = (all: readonly number[][][]) => {
    const { low, high } = locateMean(all, { random: randomSource(1) })!.estimate
    return high! - low!
  }
  const alone = (width([first]) + width([second])) / 2
  const shrunk = width([first, second]) / alone
  t.true(shrunk > 0.5 && shrunk < 0.9, String(shrunk))
  t.is(width([first, first]), width([first]))
})
