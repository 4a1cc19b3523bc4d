import test from 'ava'
import { fewestValuesFor, roughly, splitSignificance } from '../../src/trend/split-significance.ts'
import { bestSplit, centred } from '../../src/trend/split.ts'
import { nile } from './nile.ts'
import { drawn, heavyNoise, type Noise, normalNoise } from './noise.ts'

const significanceOf = (values: readonly number[], level: number, seed = 1): number | undefined => {
  const window = centred(Float64Array.from(values))
  return splitSignificance(window, bestSplit(window), level, seed)
}

const falseRate = test.macro({
  exec: (t, noise: Noise) => {
    const level = 0.05
    const sequences = 2000
    let found = 0
    for (let count = 0; count < sequences; count++)
      if (significanceOf(drawn(noise, 30), level, count) !== undefined) found++
    // Three standard errors above the level.
    t.true(found / sequences < level + 3 * Math.sqrt((level * (1 - level)) / sequences), `${found}`)
    t.true(found / sequences > level / 3, `${found}`)
  },
  title: (what) =>
    `where nothing changes, no more than the level is found, the best of all splits chosen: ${what}`,
})

test('normal values', falseRate, normalNoise(11))
test('heavy tails', falseRate, heavyNoise(12))

test('the fall of the Nile is significant', (t) => {
  t.is(significanceOf(nile, 0.001), 1 / 3000)
})

test('the same values and seed give the same p-value', (t) => {
  const values = [...drawn(normalNoise(13), 20), ...drawn(normalNoise(14), 6).map((value) => value + 3)]
  const first = significanceOf(values, 0.01, 5)
  t.not(first, undefined)
  t.is(significanceOf(values, 0.01, 5), first)
})

test('the values stay as they are', (t) => {
  const window = centred(Float64Array.from(nile))
  const before = window.deviations.slice()
  splitSignificance(window, bestSplit(window), 0.01, 1)
  t.deepEqual(window.deviations, before)
})

test('a step without noise has the p-value that counting gives', (t) => {
  // Of the 12,870 ways to choose 8 places of 16, two put all of one level first.
  const values = [...Array<number>(8).fill(0), ...Array<number>(8).fill(1)]
  const pValue = significanceOf(values, 0.0005)
  t.true(pValue! <= 3 / 6000, `${pValue}`)
  t.is(significanceOf(values, 0.00005), undefined)
})

test('the fewest values are those of which some order is rare enough', (t) => {
  t.is(fewestValuesFor(0.001), 14)
  t.is(fewestValuesFor(0.001 / 6), 16)
  t.is(fewestValuesFor(0.05), 8)
})

test('the rough p-value is near what simulations give', (t) => {
  // Statistics that 1 in 100 and 1 in 1,000 of 300,000 sequences of normal values passed.
  for (const [length, statistic, pValue] of [
    [16, 7.62, 0.01],
    [64, 10.57, 0.01],
    [128, 11.44, 0.01],
    [16, 9.78, 0.001],
    [64, 14.48, 0.001],
    [128, 15.61, 0.001],
  ] as const) {
    const ratio = roughly(statistic, length) / pValue
    t.true(ratio > 0.75 && ratio < 1.35, `${length} ${statistic}: ${ratio}`)
  }
})
