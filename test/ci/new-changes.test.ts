import test from 'ava'
import { newlyWorse } from '../../src/ci/new-changes.ts'

const change = (direction: string, foundAt: string) => ({
  run: 7,
  runId: 'first-of-it',
  startedAt: '2026-11-20T03:23:00.000Z',
  foundAt: { run: 9, runId: foundAt },
  change: direction === 'worse' ? 0.969 : 1.04,
  direction,
})

const trend = (...changes: readonly unknown[]) => ({
  schemaVersion: 1,
  scenarios: [
    { scenario: 's', runs: [], series: [{ path: 'fast', metric: 'throughputPps', levels: [], changes }] },
  ],
})

test('a change for the worse is told by the run that brings it to light', (t) => {
  t.deepEqual(newlyWorse(trend(change('worse', 'this')), 'this'), [
    's: throughput of fast: −3.1 % since the run of 2026-11-20',
  ])
})

test('one that an earlier run found, and one for the better, are not', (t) => {
  t.deepEqual(newlyWorse(trend(change('worse', 'before'), change('better', 'this')), 'this'), [])
  t.deepEqual(newlyWorse(trend(), 'this'), [])
})

test('what is no trend is an error', (t) => {
  t.throws(() => newlyWorse({ scenarios: [{}] }, 'this'))
})
