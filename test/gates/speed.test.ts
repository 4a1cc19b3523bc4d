import test from 'ava'
import { judge } from '../../src/gates/judge.ts'
import type { RunRecord } from '../../src/record/record.ts'
import { simulatedRun } from '../across/simulated-runs.ts'
import { gateOf } from './made-gates.ts'

/** Pairs of runs, the second on a machine that is 25 % slower; `timeRatio` is the candidate's in it. */
const seeds = Array.from({ length: 8 }, (_, pair) => 2 * pair)
const common = { luck: 1, drift: 0.002, resamples: 100 }
const firsts = seeds.map((seed) => simulatedRun({ seed, ...common }))
const seconds = (timeRatio: number) =>
  seeds.map((seed) => simulatedRun({ seed: seed + 1, ...common, slowness: 1.25, timeRatio }))
const unchanged = seconds(0.94)

const outcomes = (runs: readonly RunRecord[], isAbsolute: boolean): string[] =>
  runs.map(
    (run, pair) =>
      judge([gateOf('regression <= 3%')], run, { kind: 'run', record: firsts[pair]!, isAbsolute })[0]!
        .outcome,
  )

test('a machine that has become a quarter slower raises no alarm by its speed', (t) => {
  t.deepEqual(outcomes(unchanged, false), Array<string>(8).fill('held'))
})

test('its absolute figures would', (t) => {
  t.deepEqual(outcomes(unchanged, true), Array<string>(8).fill('breached'))
})

test('a candidate that has become 5 % slower is found, whatever the machine', (t) => {
  t.deepEqual(outcomes(seconds(0.94 * 1.05), false), Array<string>(8).fill('breached'))
})
