import test from 'ava'
import { varianceInflation } from '../../src/trend/dependence.ts'
import { centred } from '../../src/trend/split.ts'
import { correlatedNoise, drawn, normalNoise } from './noise.ts'

const inflationOf = (values: readonly number[], at: number): number =>
  varianceInflation(centred(Float64Array.from(values)), { at })

test('values correlated by 0.5 have means that vary by (1 + 0.5) / (1 − 0.5), three times as much', (t) => {
  const inflation = inflationOf(drawn(correlatedNoise(41, 0.5), 5000), 2500)
  t.true(Math.abs(inflation - 3) < 0.3, `${inflation}`)
})

test('independent values are taken for such', (t) => {
  t.is(inflationOf(drawn(normalNoise(42), 128), 64), 1)
})

test('a step is no correlation', (t) => {
  const noise = normalNoise(43)
  const values = [...drawn(noise, 64), ...drawn(noise, 64).map((value) => value + 10)]
  t.is(inflationOf(values, 64), 1)
  t.true(inflationOf(values, 20) > 5)
})

test('values that are all alike are taken for independent', (t) => {
  t.is(inflationOf([1, 1, 1, 1, 1, 1], 3), 1)
})
