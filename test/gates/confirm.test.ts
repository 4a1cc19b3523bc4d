import test from 'ava'
import { confirm, timesToDecide, toConfirm } from '../../src/gates/confirm.ts'
import type { JudgedFigure, Judgement, Outcome } from '../../src/gates/judge.ts'
import { worstOf } from '../../src/gates/judge.ts'
import { gateOf } from './made-gates.ts'

const figure = (metric: string, outcome: Outcome, rest: Partial<JudgedFigure> = {}): JudgedFigure => ({
  ...{ path: 'redirect', metric, kind: 'change', unit: 'ratio', comparator: '<=', limit: 1.03, outcome },
  ...{ estimate: 1.05, low: 1.04, high: 1.06 },
  ...rest,
})

const gate = gateOf('regression <= 3%')

const judged = (...figures: readonly JudgedFigure[]): Judgement => ({
  ...{ gate, figures, invalidPaths: [] },
  outcome: worstOf(figures.map(({ outcome }) => outcome)),
})

const together = (first: Outcome, fresh: Outcome): Outcome =>
  confirm(judged(figure('costNs', first)), judged(figure('costNs', fresh))).outcome

test('a breach counts only where the fresh run breaches the same figure', (t) => {
  t.is(together('breached', 'breached'), 'breached')
  t.is(together('breached', 'held'), 'held')
  t.is(together('breached', 'undecided'), 'undecided')
})

test('what was undecided is as the fresh run finds it', (t) => {
  t.is(together('undecided', 'held'), 'held')
  t.is(together('undecided', 'breached'), 'breached')
  t.is(together('undecided', 'undecided'), 'undecided')
})

test('a breach here and another there are none', (t) => {
  const first = judged(figure('costNs', 'breached'), figure('rttNs.p50', 'held'))
  const fresh = judged(figure('costNs', 'held'), figure('rttNs.p50', 'breached'))
  const { outcome, figures } = confirm(first, fresh)
  t.is(outcome, 'held')
  t.deepEqual(
    figures.map((one) => [one.first.metric, one.fresh?.outcome]),
    [
      ['costNs', 'held'],
      ['rttNs.p50', undefined],
    ],
  )
})

test('a proof has to fail twice', (t) => {
  const valid = (outcome: Outcome): Judgement => ({
    ...{ gate: gateOf('valid'), figures: [], outcome },
    invalidPaths: outcome === 'breached' ? ['redirect is invalid: no reason was recorded'] : [],
  })
  t.is(confirm(valid('breached'), valid('held')).outcome, 'held')
  t.is(confirm(valid('breached'), valid('breached')).outcome, 'breached')
})

test('measured again is what is breached, and what a longer run would decide', (t) => {
  const held = judged(figure('costNs', 'held'))
  const breached = judged(figure('costNs', 'breached'))
  const open = judged(figure('costNs', 'undecided', { outlook: { state: 'longer-run', times: 3 } }))
  const fixed = judged(figure('costNs', 'undecided', { outlook: { state: 'other-run' } }))
  const skipped = judged(figure('costNs', 'undecided', { doubt: { kind: 'lacking', reason: 'skipped' } }))
  const far = judged(figure('costNs', 'undecided', { outlook: { state: 'longer-run', times: 30 } }))
  const noisy = judged(figure('costNs', 'undecided', { doubt: { kind: 'control', factor: 1.02 } }))
  t.deepEqual(toConfirm([held, breached, open, fixed, skipped, far, noisy]), [breached, open, noisy])
  t.is(timesToDecide([breached, open, far]), 3)
  t.is(timesToDecide([breached]), 1)
})
