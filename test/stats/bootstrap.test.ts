import test from 'ava'
import { bootstrapInterval } from '../../src/stats/bootstrap.ts'
import { resampledHodgesLehmann } from '../../src/stats/hodges-lehmann.ts'
import { randomSource, type RandomSource } from '../../src/stats/random.ts'
import { roundError, simulatedRounds } from './simulated-rounds.ts'

const intervalOf = (rounds: readonly (readonly number[])[], random: RandomSource, resamples = 400) =>
  bootstrapInterval(
    rounds.map((round) => round.length),
    resampledHodgesLehmann(rounds.flat()),
    { random, resamples },
  )

interface Case {
  readonly rounds: number
  readonly blocks?: number
  /** How far rounds differ, in standard errors of one round's estimate. */
  readonly luck: number
  /** Mean half-width allowed, in standard errors of the estimate: 1.96 would do if they were known. */
  readonly widest: number
}

const coverage = test.macro({
  exec: (t, { widest, ...simulated }: Case) => {
    const random = randomSource(11)
    const runs = 300
    let covered = 0
    let halfWidths = 0
    for (let run = 0; run < runs; run++) {
      const { low, high } = intervalOf(simulatedRounds(random, simulated), random)
      if (low! <= 0 && high! >= 0) covered++
      halfWidths += (high! - low!) / 2
    }
    const standardError = roundError * Math.sqrt((1 + simulated.luck ** 2) / simulated.rounds)
    // 300 runs that each hold it 95 times in 100 fall below 0.92 once in 100 times.
    t.true(covered / runs >= 0.92, `coverage ${covered / runs}`)
    const width = halfWidths / runs / standardError
    t.true(width < widest, `half-width ${width}`)
  },
  title: (_, { rounds, luck }: Case) =>
    `95 % intervals over ${rounds} rounds hold the true value where rounds differ by ${luck} errors`,
})

test(coverage, { rounds: 3, luck: 0, widest: 4.2 })
test(coverage, { rounds: 3, luck: 1, widest: 4.2 })
test(coverage, { rounds: 5, luck: 0, widest: 2.9 })
test(coverage, { rounds: 5, luck: 1, widest: 2.9 })
test(coverage, { rounds: 8, luck: 0, widest: 2.5 })
test(coverage, { rounds: 8, luck: 1, widest: 2.5 })
test(coverage, { rounds: 12, luck: 0, widest: 2.4 })
test(coverage, { rounds: 12, luck: 2, widest: 2.4 })

test("one round's interval rests on its blocks, and says so", (t) => {
  const { low, high, method } = intervalOf([[0.1, 0.12, 0.11, 0.13, 0.09, 0.1, 0.14, 0.12]], randomSource(1))
  t.true(low! > 0.09 && low! < 0.112 && high! > 0.112 && high! < 0.14)
  t.regex(method, /one round.*from round to round is not in it/)
})

test('the same seed gives the same interval', (t) => {
  const rounds = simulatedRounds(randomSource(3), { rounds: 5, luck: 1 })
  t.deepEqual(intervalOf(rounds, randomSource(7)), intervalOf(rounds, randomSource(7)))
})

test('more confidence gives a wider interval', (t) => {
  const rounds = simulatedRounds(randomSource(4), { rounds: 8, luck: 0 })
  const widthAt = (confidence: number) => {
    const { low, high } = bootstrapInterval(
      Array<number>(8).fill(10),
      resampledHodgesLehmann(rounds.flat()),
      {
        random: randomSource(1),
        confidence,
      },
    )
    return high! - low!
  }
  t.true(widthAt(0.8) < widthAt(0.95) && widthAt(0.95) < widthAt(0.99))
})

test('equal values have an interval of no width', (t) => {
  const { low, high } = intervalOf(
    [
      [0.2, 0.2, 0.2],
      [0.2, 0.2, 0.2],
    ],
    randomSource(1),
  )
  t.is(low, 0.2)
  t.is(high, 0.2)
})

test('a rare value in few of many rounds still shows in the interval', (t) => {
  const rounds = Array.from({ length: 8 }, (_, round) => Array<number>(10).fill(round < 3 ? 1 : 0))
  const { low, high } = intervalOf(rounds, randomSource(1))
  t.is(low, 0)
  t.is(high, 1)
})

test('fewer than six values have no interval', (t) => {
  t.deepEqual(intervalOf([[1, 2], [3, 4], [5]], randomSource(1)), {
    low: null,
    high: null,
    method: 'no interval: fewer than 6 values',
  })
  t.is(intervalOf([], randomSource(1)).low, null)
})

test('empty rounds do not count as rounds', (t) => {
  const { method } = intervalOf([[1, 2, 3, 4], [], [5, 6, 7, 8]], randomSource(1))
  t.regex(method, /over 2 rounds/)
})

test('an estimator that is not finite in many resamples has no interval', (t) => {
  const { low, method } = bootstrapInterval([4, 4], () => Infinity, { random: randomSource(1) })
  t.is(low, null)
  t.regex(method, /no finite estimate/)
})
