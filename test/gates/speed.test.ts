import test from 'ava'
import { judge } from '../../src/gates/judge.ts'
import { simulatedRun } from '../across/simulated-runs.ts'
import { gateOf } from './made-gates.ts'

/** Pairs of runs, the second on a machine that is 25 % slower; `timeRatio` is the candidate's in it. */
const outcomes = (text: string, timeRatio: number, isAbsolute: boolean): string[] =>
  Array.from({ length: 8 }, (_, pair) => {
    const common = { luck: 1, drift: 0.002, resamples: 100 }
    const first = simulatedRun({ seed: 2 * pair, ...common })
    const second = simulatedRun({ seed: 2 * pair + 1, ...common, slowness: 1.25, timeRatio })
    return judge([gateOf(text)], second, { kind: 'run', record: first, isAbsolute })[0]!.outcome
  })

test('a machine that has become a quarter slower raises no alarm by its speed', (t) => {
  t.deepEqual(outcomes('regression <= 3%', 0.94, false), Array<string>(8).fill('held'))
})

test('its absolute figures would', (t) => {
  t.deepEqual(outcomes('regression <= 3%', 0.94, true), Array<string>(8).fill('breached'))
})

test('a candidate that has become 5 % slower is found, whatever the machine', (t) => {
  t.deepEqual(outcomes('regression <= 3%', 0.94 * 1.05, false), Array<string>(8).fill('breached'))
})
