import test from 'ava'
import { BenchError } from '../../src/host/errors.ts'
import { selectedTrends } from '../../src/trend/select.ts'
import { entryFor } from './made-up-history.ts'

const own = (run: number, scenario: string) => entryFor(run, () => 1, { scenario })
const ofVersions = (run: number) =>
  entryFor(run, () => 1, { scenario: 'mine-ab', roles: { head: 'candidate', control: 'control' } })

const history = [own(0, 'mine'), own(1, 'dsr-vs-nat'), own(2, 'mine'), ofVersions(3)]

const names = (selected: Parameters<typeof selectedTrends>[1], entries = history) => {
  const { trends, others } = selectedTrends(entries, selected, 'here')
  return [trends.map(({ scenario }) => scenario), others.map(({ scenario, runs }) => `${scenario} ${runs}`)]
}

test('without a name the trend is that of the newest run which is no comparison of versions; the others are named', (t) => {
  t.deepEqual(names({}), [['mine'], ['dsr-vs-nat 1', 'mine-ab 1']])
  t.deepEqual(names({}, history.toReversed()), [['mine'], ['dsr-vs-nat 1', 'mine-ab 1']])
})

test('where there are only comparisons of versions, they are shown', (t) => {
  t.deepEqual(names({}, [ofVersions(0)]), [['mine-ab'], []])
})

test('a scenario that merely has such a name is one like any other', (t) => {
  t.deepEqual(names({}, [own(0, 'mine'), own(1, 'mine-ab')]), [['mine-ab'], ['mine 1']])
})

test('every scenario, or a named one, is shown where that is asked for', (t) => {
  t.deepEqual(names({ all: true }), [['dsr-vs-nat', 'mine', 'mine-ab'], []])
  t.deepEqual(names({ scenario: 'dsr-vs-nat' })[0], ['dsr-vs-nat'])
})

test('a path of another scenario than the one that is shown is not there', (t) => {
  const error = t.throws(() => names({ path: 'head' }), { instanceOf: BenchError })
  t.is(error.trouble, 'usage')
  t.regex(error.hint ?? '', /^there is redirect, control$/)
})
