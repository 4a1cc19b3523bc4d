import test from 'ava'
import { renderReport } from '../../src/report/report.ts'
import { reportView } from '../../src/report/view.ts'
import type { RunRecord } from '../../src/record/record.ts'
import { manyPathsRecord } from './many-paths-record.ts'
import { readHtml } from './read-html.ts'

const whole = manyPathsRecord(13)

/** After one round nothing has an interval, and one path could not be built. */
const record: RunRecord = {
  ...whole,
  complete: false,
  paths: whole.paths.map((path) =>
    path.name === 'variant-02' ? { ...path, status: 'skipped', reason: 'no such kind of link' } : path,
  ),
  comparisons: whole.comparisons
    .filter(({ path }) => path !== 'variant-02')
    .map((one) => ({
      ...one,
      ratio: { ...one.ratio, low: null, high: null },
      verdict: 'inconclusive',
    })),
  derived: {
    ...whole.derived,
    routerCost: whole.derived.routerCost.map((one) => ({ ...one, low: null, high: null })),
  },
  warnings: [
    { code: 'path-skipped', message: 'variant-02 was skipped: no such kind of link' },
    { code: 'partial', message: 'the run ended early' },
    { code: 'out-of-time', message: 'time ran out after 1 of 5 rounds' },
  ],
}

test('why one path was skipped does not stand for why the others are undecided', async (t) => {
  const view = reportView(record)
  t.regex(view.headline, /^Nothing was concluded/)
  const header = readHtml(await renderReport(record)).find(
    ({ attributes }) => attributes.get('class') === 'lead',
  )
  t.is(header?.text, `${whole.title}.`)
})

test('what a notice says no warning says again', (t) => {
  const { notices, warnings } = reportView(record)
  t.deepEqual(
    notices.map(({ kind }) => kind),
    ['partial', 'skipped'],
  )
  t.deepEqual(
    warnings.map(({ title }) => title),
    ['Warning: out of time'],
  )
})

test('a cost without an interval stands by itself', (t) => {
  const [costs] = reportView(record).ownCosts
  t.true(costs?.rows.every(({ range }) => range === undefined))
  t.is(costs?.table.rows[0]?.[2], 'none')
})
