import test from 'ava'
import { studentT, studentTails } from '../../src/stats/student-t.ts'

// R 4.2.2: qt((1 + probability) / 2, degreesOfFreedom)
const quantile = test.macro({
  exec: (t, probability: number, degreesOfFreedom: number, expected: number) => {
    t.true(Math.abs(studentT(probability, degreesOfFreedom) - expected) < 1e-8)
  },
  title: (_, probability: number, degreesOfFreedom: number) =>
    `t for ${probability} and ${degreesOfFreedom} degrees of freedom`,
})

test(quantile, 0.95, 1, 12.70620473617)
test(quantile, 0.95, 4, 2.7764451052)
test(quantile, 0.95, 7, 2.36462425159)
test(quantile, 0.95, 30, 2.0422724563)
test(quantile, 0.99, 7, 3.49948329735)

test('t with many degrees of freedom is near the normal 1.96', (t) => {
  t.true(Math.abs(studentT(0.95, 1_000_000) - 1.96) < 0.003)
})

test('the tails beyond t are what its probability leaves', (t) => {
  for (const [probability, degreesOfFreedom] of [
    [0.95, 1],
    [0.99, 9],
    [0.9997, 9],
    [0.95, 300],
  ] as const)
    t.true(
      Math.abs(studentTails(studentT(probability, degreesOfFreedom), degreesOfFreedom) - (1 - probability)) <
        1e-10,
    )
  // Closed forms: Cauchy's distribution, and t / √(2 + t²) within t for two degrees of freedom.
  t.true(Math.abs(studentTails(1, 1) - 0.5) < 1e-12)
  t.true(Math.abs(studentTails(5, 2) - (1 - 5 / Math.sqrt(27))) < 1e-12)
  t.is(studentTails(0, 4), 1)
  t.is(studentTails(Infinity, 4), 0)
})
