import test from 'ava'
import type { LoadTrial, Stage } from '../../src/mlrsearch/goal.ts'
import { classify, conditionalThroughputPps } from '../../src/mlrsearch/load.ts'

/** RFC 9971, appendix C: goals, trials at one load of a million frames a second, and what they come to. */
const goals: readonly Stage[] = [
  { trialS: 60, durationSumS: 60, lossRatio: 0, exceedRatio: 0, width: 0.005 },
  { trialS: 60, durationSumS: 120, lossRatio: 0, exceedRatio: 0.5, width: 0.005 },
  { trialS: 1, durationSumS: 120, lossRatio: 0.005, exceedRatio: 0.5, width: 0.005 },
  { trialS: 60, durationSumS: 60, lossRatio: 0.005, exceedRatio: 0.2, width: 0.005 },
]
const ratePps = 1_000_000
const trials = (times: number, durationS: number, lossRatio: number): LoadTrial[] =>
  Array.from({ length: times }, () => ({ ratePps, durationS, lossRatio }))

const points = [
  trials(59, 1, 0),
  trials(1, 1, 0.01),
  trials(59, 1, 0.01),
  trials(1, 1, 0),
  trials(1, 60, 0.001),
  trials(1, 60, 0),
]
const until = (point: number): LoadTrial[] => points.slice(0, point).flat()

for (const [point, expected] of [
  [1, ['undecided', 'undecided', 'undecided', 'undecided']],
  [2, ['upper', 'undecided', 'undecided', 'undecided']],
  [3, ['upper', 'undecided', 'undecided', 'upper']],
  [4, ['upper', 'undecided', 'lower', 'upper']],
  // For the last goal the table says lower bound, with 42.9 and 27.3 % that exceed where 20 % may: by the code, upper.
  [5, ['upper', 'undecided', 'lower', 'upper']],
  [6, ['upper', 'lower', 'lower', 'upper']],
] as const)
  test(`point ${point} of RFC 9971's example is classified as it says`, (t) => {
    t.deepEqual(
      goals.map((goal) => classify(goal, until(point))),
      [...expected],
    )
  })

test("conditional throughput is that of RFC 9971's example", (t) => {
  t.deepEqual(
    goals.slice(1).map((goal) => Math.round(conditionalThroughputPps(goal, ratePps, until(6)))),
    [1_000_000, 1_000_000, 999_000],
  )
})

test('a load is decided once so many trials are that the duration sum is full', (t) => {
  const goal: Stage = { trialS: 0.1, durationSumS: 2.1, lossRatio: 0, exceedRatio: 0.5, width: 0.005 }
  for (let good = 0; good <= 21; good += 1)
    t.is(
      classify(goal, [...trials(good, 0.1, 0), ...trials(21 - good, 0.1, 0.1)]),
      good > 10 ? 'lower' : 'upper',
    )
  t.is(classify(goal, trials(10, 0.1, 0)), 'undecided')
  t.is(classify(goal, trials(11, 0.1, 0)), 'lower')
  t.is(classify(goal, trials(10, 0.1, 1)), 'undecided')
  t.is(classify(goal, trials(11, 0.1, 1)), 'upper')
})

test('where not enough trials are, the missing ones are taken to have lost all', (t) => {
  t.is(conditionalThroughputPps(goals[1]!, ratePps, []), 0)
})
