import test from 'ava'
import { bootstrapInterval } from '../../src/stats/bootstrap.ts'
import { resampledHodgesLehmann } from '../../src/stats/hodges-lehmann.ts'
import { randomSource } from '../../src/stats/random.ts'
import { roundsNeeded } from '../../src/stats/rounds-needed.ts'
import { simulatedRounds } from './simulated-rounds.ts'

const pilot = (seed: number) => simulatedRounds(randomSource(seed), { rounds: 5, luck: 0 })

test('a precision that the pilot has needs no more rounds', (t) => {
  t.is(roundsNeeded({ rounds: pilot(1), precision: 0.1, random: randomSource(1) }), 5)
})

test('half the width needs some four times the rounds', (t) => {
  const needed = (precision: number) =>
    roundsNeeded({ rounds: pilot(1), precision, random: randomSource(1) })!
  const growth = needed(0.001) / needed(0.002)
  t.true(growth > 3.7 && growth < 4.1, `${growth}`)
})

test('the half-width is that of the ratio: the same noise is twice as wide about a ratio of 2', (t) => {
  const doubled = pilot(1).map((round) => round.map((logRatio) => logRatio + Math.log(2)))
  const about = (rounds: number[][], precision: number) =>
    roundsNeeded({ rounds, precision, random: randomSource(1) })
  t.is(about(doubled, 0.004), about(pilot(1), 0.002))
})

test('equal values need no more rounds', (t) => {
  const rounds = Array.from({ length: 3 }, () => [0.1, 0.1, 0.1])
  t.is(roundsNeeded({ rounds, precision: 0.001, random: randomSource(1) }), 3)
})

test('one round, or fewer than six values, cannot tell', (t) => {
  t.is(roundsNeeded({ rounds: [[1, 2, 3, 4, 5, 6, 7]], precision: 0.1, random: randomSource(1) }), null)
  t.is(roundsNeeded({ rounds: [[1, 2], [3], []], precision: 0.1, random: randomSource(1) }), null)
})

test('runs of as many rounds as a pilot asks for reach the precision, and hold the true value', (t) => {
  const random = randomSource(6)
  const runs = 400
  let covered = 0
  let reached = 0
  for (let run = 0; run < runs; run++) {
    const rounds = simulatedRounds(random, { rounds: 5, luck: 0.5 })
    const needed = roundsNeeded({ rounds, precision: 0.005, random, resamples: 200 })!
    rounds.push(...simulatedRounds(random, { rounds: needed - 5, luck: 0.5 }))
    const { low, high } = bootstrapInterval(
      rounds.map((round) => round.length),
      resampledHodgesLehmann(rounds.flat()),
      { random, resamples: 400 },
    )
    if (low! <= 0 && high! >= 0) covered++
    if ((Math.exp(high!) - Math.exp(low!)) / 2 <= 0.005) reached++
  }
  // Three standard errors below the 94 % that a count fixed by a small pilot leaves of 95 %.
  t.true(covered / runs >= 0.905, `coverage ${covered / runs}`)
  t.true(reached / runs >= 0.8, `reached ${reached / runs}`)
})
