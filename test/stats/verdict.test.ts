import test from 'ava'
import { isControlEquivalent, marginFrom, verdictOf } from '../../src/stats/verdict.ts'

const band = { margin: 0.01, better: 'higher' } as const

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

test('an interval across an edge of the band is inconclusive', (t) => {
  t.is(verdictOf({ ...band, low: 1.005, high: 1.05 }), 'inconclusive')
  t.is(verdictOf({ ...band, low: 0.9, high: 1.1 }), 'inconclusive')
  t.is(verdictOf({ ...band, low: 1.01, high: 1.02 }), 'inconclusive')
})

test('a difference that is not significant is inconclusive', (t) => {
  t.is(verdictOf({ ...band, low: 1.02, high: 1.04, adjustedPValue: 0.01 }), 'inconclusive')
  t.is(verdictOf({ ...band, low: 1.02, high: 1.04, adjustedPValue: 0.0099 }), 'faster')
  t.is(verdictOf({ ...band, low: 1.02, high: 1.04, adjustedPValue: null }), 'faster')
})

test('no interval is inconclusive', (t) => {
  t.is(verdictOf({ ...band, low: null, high: null }), 'inconclusive')
})

test('the margin is the requested one where the control may be equal, however uncertain it is', (t) => {
  t.is(marginFrom([{ low: 0.995, high: 1.006 }], 0.01), 0.01)
  t.is(marginFrom([{ low: 0.7, high: 1.4 }], 0.01), 0.01)
  t.is(marginFrom([{ low: 1.001, high: 1.006 }], 0.01), 0.01)
  t.is(marginFrom([], 0.01), 0.01)
  t.is(marginFrom([{ low: null, high: null }], 0.01), 0.01)
})

test("the margin is as far as a control's interval reaches where it does differ", (t) => {
  t.is(marginFrom([{ low: 1.002, high: 1.03 }], 0.01).toFixed(9), '0.030000000')
  t.is(marginFrom([{ low: 1 / 1.04, high: 0.99 }], 0.01).toFixed(9), '0.040000000')
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

test("only a control whose interval lies within the margin is the baseline's equal, and one there must be", (t) => {
  t.true(isControlEquivalent([{ low: 0.995, high: 1.006 }], 0.01))
  t.false(isControlEquivalent([{ low: 0.995, high: 1.011 }], 0.01))
  t.false(isControlEquivalent([{ low: 0.98, high: 1 }], 0.01))
  t.false(isControlEquivalent([{ low: null, high: null }], 0.01))
  t.false(isControlEquivalent([], 0.01))
})
