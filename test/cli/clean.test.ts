import test from 'ava'
import { oldOnes } from '../../src/cli/commands/clean.ts'

const run = (scenario: string, runId: string) => ({ scenario, runId, folder: `results/${scenario}/${runId}` })
const runs = [run('a', '1'), run('b', '2'), run('a', '3'), run('a', '4'), run('b', '5')]

const idsOf = (keep: number) => oldOnes(runs, keep).map(({ runId }) => runId)

test('of every scenario the newest are kept', (t) => {
  t.deepEqual(idsOf(1), ['1', '3', '2'])
  t.deepEqual(idsOf(2), ['1'])
})

test('keeping as many as there are removes none, keeping none removes all', (t) => {
  t.deepEqual(idsOf(3), [])
  t.deepEqual(idsOf(10), [])
  t.is(idsOf(0).length, 5)
})
