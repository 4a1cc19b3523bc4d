import test from 'ava'
import { sampleVariance } from 'simple-statistics'
import { bestSplit, centred } from '../../src/trend/split.ts'
import { nile, nileChange } from './nile.ts'
import { drawn, heavyNoise, normalNoise } from './noise.ts'

const split = (values: readonly number[]) => bestSplit(centred(Float64Array.from(values)))

const meanOverPairs = (pairs: readonly (readonly [number, number])[]): number =>
  pairs.reduce((sum, [a, b]) => sum + (a - b) ** 2, 0) / pairs.length

const pairsWithin = (values: readonly number[]) =>
  values.flatMap((a, index) => values.slice(index + 1).map((b) => [a, b] as const))

/** Straight from the definition: averages over pairs between the sides and within them. */
const byPairs = (values: readonly number[], at: number): number => {
  const [left, right] = [values.slice(0, at), values.slice(at)]
  const between = left.flatMap((a) => right.map((b) => [a, b] as const))
  const divergence =
    2 * meanOverPairs(between) - meanOverPairs(pairsWithin(left)) - meanOverPairs(pairsWithin(right))
  return (((left.length * right.length) / values.length) * divergence) / 2 / sampleVariance([...values])
}

const asDefined = test.macro({
  exec: (t, values: readonly number[]) => {
    const places = values.slice(5).map((_, index) => index + 3)
    const best = places.toSorted((a, b) => byPairs(values, b) - byPairs(values, a))[0]!
    const { at, statistic } = split(values)
    t.is(at, best)
    t.true(Math.abs(statistic - byPairs(values, best)) < 1e-9, `${statistic}, ${byPairs(values, best)}`)
  },
  title: (what) => `the best split is that by the definition: ${what}`,
})

test('normal values', asDefined, drawn(normalNoise(1), 40))
test('heavy tails', asDefined, drawn(heavyNoise(2), 25))
test('six values', asDefined, [1, 2, 1, 5, 6, 5])
test(
  'far from 0',
  asDefined,
  drawn(normalNoise(3), 30).map((value) => 1e6 + value),
)
test('the Nile', asDefined, nile)

test('the flow of the Nile fell in 1899', (t) => {
  t.is(split(nile).at, nileChange)
})

test('a step without noise explains all there is', (t) => {
  // (5·5/10)·(10² − 0 − 0) by the sample variance of 27.78.
  const { statistic, at } = split([100, 100, 100, 100, 100, 90, 90, 90, 90, 90])
  t.is(at, 5)
  t.true(Math.abs(statistic - 9) < 1e-12)
})

test('a side has three values at least', (t) => {
  t.is(split([9, 1, 1, 1, 1, 1, 1, 1]).at, 3)
  t.is(split([1, 1, 1, 1, 1, 1, 9, 9]).at, 5)
})

test('values that are all alike have nothing to split', (t) => {
  t.is(split([2, 2, 2, 2, 2, 2, 2]).statistic, 0)
})
