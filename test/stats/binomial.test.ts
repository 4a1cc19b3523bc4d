import test from 'ava'
import { binomialBounds } from '../../src/stats/binomial.ts'
import { randomSource } from '../../src/stats/random.ts'

test('the bounds are those of the exact distribution', (t) => {
  // P(X <= 1) = 0.0107 and P(X <= 2) = 0.0547 for X ~ B(10, 0.5): any table of the distribution.
  t.deepEqual(binomialBounds(10, 0.5, 0.05), { least: 2, most: 8 })
  // P(X = 0) = 0.8^20 = 0.0115, P(X <= 1) = 0.0692; P(X >= 9) = 0.00998, P(X >= 8) = 0.0321.
  t.deepEqual(binomialBounds(20, 0.2, 0.05), { least: 1, most: 8 })
})

test('of few draws anything is possible', (t) => {
  t.deepEqual(binomialBounds(3, 0.5, 1e-6), { least: 0, most: 3 })
  t.deepEqual(binomialBounds(0, 0.5, 1e-6), { least: 0, most: 0 })
})

test('what is certain leaves no room', (t) => {
  t.deepEqual(binomialBounds(5, 1, 1e-6), { least: 5, most: 5 })
})

test('many draws do not underflow, and come to the normal approximation', (t) => {
  const { least, most } = binomialBounds(100_000, 0.5, 1e-6)
  // 4.8916 standard deviations of 158.1 on either side.
  t.true(Math.abs(50_000 - least - 773) < 2, String(least))
  t.is(most, 100_000 - least)
})

test('chance leaves the bounds as rarely as it may', (t) => {
  const random = randomSource(7)
  const { least, most } = binomialBounds(64, 0.5, 0.01)
  let outside = 0
  for (let trial = 0; trial < 4000; trial += 1) {
    let sum = 0
    for (let draw = 0; draw < 64; draw += 1) sum += random() < 0.5 ? 1 : 0
    if (sum < least || sum > most) outside += 1
  }
  t.true(outside > 0 && outside <= 4000 * 0.01, String(outside))
})
