import test from 'ava'
import { delaysOf, probesTime, type TurnDelays } from '../../src/trace/calibration.ts'

/** Delays of a packet that takes 2000 ns, and of probes that take 300 and 900. */
const turn = (driftNs: number): TurnDelays => ({
  none: 2000 + driftNs,
  calls: 2300 + driftNs,
  rest: 2900 + driftNs,
  all: 3200 + driftNs,
})
const turns = [0, 5, -10, 20, 3, -4, 8, 11].map(turn)

test('trials that all have probes tell what a delay without is, and what each set takes', (t) => {
  const delays = delaysOf(turns)
  t.deepEqual(probesTime(turns), { callsNs: 300, restNs: 900 })
  t.true(Math.abs(delays.expectedNs!.estimate - delays.untracedNs) < 5)
  t.true(delays.expectedNs!.low! <= delays.untracedNs && delays.untracedNs <= delays.expectedNs!.high!)
})

test('where probes take less together than alone, what is expected shows it', (t) => {
  const together = turns.map((one) => ({ ...one, all: one.all! - 400 }))
  const { expectedNs, untracedNs } = delaysOf(together)
  t.true(expectedNs!.low! > untracedNs)
})

test('trials without probes have no part in what is expected', (t) => {
  const others = turns.map((one) => ({ ...one, none: 5000 }))
  t.deepEqual(delaysOf(others).expectedNs, delaysOf(turns).expectedNs)
})

test('of a few turns there is no interval, and of one set of probes nothing is expected', (t) => {
  t.is(delaysOf(turns.slice(0, 3)).expectedNs?.low, null)
  const { expectedNs } = delaysOf([{ none: 2000, all: 3200 }])
  t.is(expectedNs, undefined)
})
