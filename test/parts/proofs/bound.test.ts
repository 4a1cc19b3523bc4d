import test from 'ava'
import { judge } from '../../../src/parts/proofs/claims.ts'
import { describeRule } from '../../../src/parts/proofs/checked-rule.ts'
import type { KindDelivery } from '../../../src/parts/delivery.ts'
import type { ProofRule } from '../../../src/parts/proofs/schema.ts'

const delivery = (counts: Partial<KindDelivery>): KindDelivery => ({
  ...{ kind: 'flood', sent: 2000, received: 2000, lost: 0, corrupted: 0 },
  ...{ duplicated: 0, misdirected: 0, reordered: 0 },
  ...counts,
})

const holds = (rule: ProofRule, ...counts: Partial<KindDelivery>[]) =>
  judge('delivery', [rule], counts.map(delivery)).map((finding) => finding.holds)

test('none is none: one packet in two thousand breaks it', (t) => {
  t.deepEqual(holds({ lost: 'none' }, {}, { lost: 1 }), [true, false])
  t.deepEqual(holds({ duplicates: 'none' }, {}, { duplicated: 1 }), [true, false])
  t.deepEqual(holds({ reordered: 'none' }, {}, { reordered: 1 }), [true, false])
  t.deepEqual(holds({ order: 'kept' }, {}, { reordered: 1 }), [true, false])
})

test('a share is of what was sent, in each kind of trial', (t) => {
  const rule: ProofRule = { lost: { atMost: '0.1%' } }
  t.deepEqual(holds(rule, { lost: 2 }, { lost: 3 }), [true, false])
  t.deepEqual(holds(rule, { kind: 'pingpong', sent: 100, lost: 1 }, {}), [false, true])
})

test('a bound is told with what it comes to', (t) => {
  const [lost, none] = judge(
    'delivery',
    [{ lost: { atMost: '0.1%' } }, { duplicates: 'none' }],
    [delivery({ lost: 3 })],
  ).map(describeRule)
  t.deepEqual(lost, {
    what: 'packets of flood trials lost',
    expected: 'at most 2 (0.1% of what was sent)',
    observed: '3',
    holds: false,
  })
  t.is(none?.expected, 'none')
})

test('what is told of HTTP is requests, and of all else packets', (t) => {
  const found = judge(
    'delivery',
    [{ order: 'kept' }, { lost: 'none' }],
    [delivery({ kind: 'http' }), delivery({})],
  )
  t.deepEqual(
    found.map(({ what }) => what),
    [
      'HTTP requests that came after a later one of their flow',
      'packets of flood trials that came after a later one of their flow',
      'HTTP requests lost',
      'packets of flood trials lost',
    ],
  )
})
