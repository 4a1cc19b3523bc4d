import test from 'ava'
import { BenchError } from '../../src/host/errors.ts'
import { linesOf } from '../../src/trend/lines.ts'
import { selectedTrends, type Selected } from '../../src/trend/select.ts'
import { entryFor } from './made-up-history.ts'

const on = (run: number, host?: string) => entryFor(run, () => 1, host === undefined ? {} : { host })

const shown = (entries: ReturnType<typeof on>[], selected: Selected = {}) => {
  const { trends, otherHosts } = selectedTrends(entries, selected, 'here')
  return [
    trends.map(({ host = 'all', runs }) => `${host} ${runs.length}`),
    otherHosts.map(({ host, runs }) => `${host} ${runs}`),
  ]
}

test('runs of one host are one line, with those of before hosts were recorded', (t) => {
  t.deepEqual(
    linesOf([on(0), on(1, 'a'), on(2, 'a')]).map(({ host, runs }) => [host, runs.length]),
    [[undefined, 3]],
  )
})

const several = [on(0), on(1, 'b'), on(2, 'a'), on(3, 'b')]

test('runs of several hosts are not mixed: the newest run’s host is shown, and the others are named', (t) => {
  t.deepEqual(shown(several), [['b 2'], ['a 1', 'not recorded 1']])
  t.deepEqual(shown(several, { host: 'a' }), [['a 1'], ['b 2', 'not recorded 1']])
})

test('all hosts are shown, or mixed, where that is asked for', (t) => {
  t.deepEqual(shown(several, { all: true }), [['a 1', 'b 2', 'not recorded 1'], []])
  t.deepEqual(shown(several, { mixed: true }), [['all 4'], []])
})

test('a scenario that was not measured on the host is not shown for it', (t) => {
  const elsewhere = entryFor(4, () => 1, { host: 'b', scenario: 'dsr-vs-nat' })
  t.deepEqual(shown([...several, elsewhere], { all: true, host: 'a' }), [
    ['a 1'],
    ['b 1', 'b 2', 'not recorded 1'],
  ])
})

test('a host that is not there is told with those that are', (t) => {
  const error = t.throws(() => shown(several, { host: 'c' }), { instanceOf: BenchError })
  t.is(error.trouble, 'usage')
  t.is(error.hint, 'there is b, a')
})
