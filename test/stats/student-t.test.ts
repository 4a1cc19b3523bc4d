import test from 'ava'
import { studentT } from '../../src/stats/student-t.ts'

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
