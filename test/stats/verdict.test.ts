import test from 'ava'
import { marginFrom, verdictOf } from '../../src/stats/verdict.ts'

const band = { margin: 0.01, better: 'higher', isControlEquivalent: true } as const

test('an interval above the band is faster where higher is better, slower where lower is', (t) => {
  t.is(verdictOf({ ...band, low: 1.02, high: 1.04 }), 'faster')
  t.is(verdictOf({ ...band, low: 1.02, high: 1.04, better: 'lower' }), 'slower')
})

test('an interval below the band is slower where higher is better, faster where lower is', (t) => {
  t.is(verdictOf({ ...band, low: 0.94, high: 0.98 }), 'slower')
  t.is(verdictOf({ ...band, low: 0.94, high: 0.98, better: 'lower' }), 'faster')
})

test('an interval inside the band is equivalent, also where it leaves out 1', (t) => {
  t.is(verdictOf({ ...band, low: 0.995, high: 1.004 }), 'equivalent')
  t.is(verdictOf({ ...band, low: 1.002, high: 1.004, adjustedPValue: 0.001 }), 'equivalent')
  t.is(verdictOf({ ...band, low: 1 / 1.01, high: 1.01 }), 'equivalent')
})

test('where the control is not equivalent to the baseline, nothing is called equivalent', (t) => {
  t.is(verdictOf({ ...band, low: 0.999, high: 1.001, isControlEquivalent: false }), 'inconclusive')
  t.is(verdictOf({ ...band, low: 1.02, high: 1.04, isControlEquivalent: false }), 'faster')
})

test('an interval across an edge of the band is inconclusive', (t) => {
  t.is(verdictOf({ ...band, low: 1.005, high: 1.05 }), 'inconclusive')
  t.is(verdictOf({ ...band, low: 0.9, high: 1.1 }), 'inconclusive')
  t.is(verdictOf({ ...band, low: 1.01, high: 1.02 }), 'inconclusive')
})

test('a difference that is not significant is inconclusive', (t) => {
  t.is(verdictOf({ ...band, low: 1.02, high: 1.04, adjustedPValue: 0.05 }), 'inconclusive')
  t.is(verdictOf({ ...band, low: 1.02, high: 1.04, adjustedPValue: 0.049 }), 'faster')
  t.is(verdictOf({ ...band, low: 1.02, high: 1.04, adjustedPValue: null }), 'faster')
})

test('no interval is inconclusive', (t) => {
  t.is(verdictOf({ ...band, low: null, high: null }), 'inconclusive')
})

test('the margin is the requested one where the control lies within it', (t) => {
  t.is(marginFrom([{ low: 0.995, high: 1.006 }], 0.01), 0.01)
  t.is(marginFrom([], 0.01), 0.01)
  t.is(marginFrom([{ low: null, high: null }], 0.01), 0.01)
})

test("the margin is the noise floor where a control's interval reaches farther", (t) => {
  t.is(marginFrom([{ low: 0.995, high: 1.03 }], 0.01).toFixed(9), '0.030000000')
  t.is(marginFrom([{ low: 1 / 1.04, high: 1.03 }], 0.01).toFixed(9), '0.040000000')
  t.is(
    marginFrom(
      [
        { low: 0.999, high: 1.001 },
        { low: 0.98, high: 0.99 },
      ],
      0.01,
    ).toFixed(9),
    (1 / 0.98 - 1).toFixed(9),
  )
})
