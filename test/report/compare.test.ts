import test from 'ava'
import type { NamedRun } from '../../src/across/changes.ts'
import { renderCompare } from '../../src/report/compare.ts'
import { compareView } from '../../src/report/compare-view.ts'
import type { RunRecord } from '../../src/record/record.ts'
import { readHtml } from './read-html.ts'
import { hostileName, hostileRecord, skippedRecord, variants } from './record-variants.ts'
import { sampleRecord } from './sample-record.ts'

const record = sampleRecord()

const slower: RunRecord = {
  ...record,
  environment: { ...record.environment, kernel: '6.19.1 #1 SMP' },
  comparisons: record.comparisons.map((one) => {
    if (one.path !== 'redirect' || one.metric !== 'throughputPps') return one
    const { estimate, low, high } = one.ratio
    const times = (value: number | null) => (value === null ? null : value * 0.95)
    return { ...one, ratio: { ...one.ratio, estimate: estimate * 0.95, low: times(low), high: times(high) } }
  }),
}

const against = (...others: readonly RunRecord[]): NamedRun[] => [
  { name: 'main', record },
  ...others.map((other, index) => ({ name: `run${index + 1}`, record: other })),
]

test('the headline says how many figures changed, or that none is found to have', (t) => {
  t.is(compareView(against(slower), 0.02).headline, '1 of 6 figures changed from main to run1')
  t.is(compareView(against(record), 0.02).headline, 'Nothing changed from main to run1')
  t.is(
    compareView(against(record), 0.005).headline,
    'No change is found from main to run1; 6 figures of 6 not decided',
  )
  t.is(compareView(against(record, slower), 0.02).headline, 'Changed since main: run2')
  t.is(compareView(against(record, record), 0.02).headline, 'No change since main is found in any of 2 runs')
  t.is(
    compareView(against(skippedRecord()), 0.02).headline,
    '6 of 6 figures changed from main to run1, 6 of them missing now',
  )
})

test('each change has words, and what is different beside it', (t) => {
  const [changes] = compareView(against(slower), 0.02).changes
  t.deepEqual(
    changes!.paths[0]!.verdicts.map(({ noun, words, verdict, text }) => [noun, words, verdict, text]).slice(
      0,
      2,
    ),
    [
      ['throughput', 'changed', 'slower', '−5.0 % (−5.6 to −4.3 %)'],
      ['sender CPU time per packet delivered', 'same', 'equivalent', '0.0 % (−0.7 to +0.7 %), within ±2 %'],
    ],
  )
  t.deepEqual(changes!.differences, ['kernel: 6.18.5, then 6.19.1 #1 SMP'])
})

test('the table has each run’s ratio with its interval, and the change', (t) => {
  const { columns, rows } = compareView(against(slower, record), 0.02).mainRatios
  t.deepEqual(
    columns.map(({ title }) => title),
    ['Path', 'Metric', 'main', 'run1', 'Change', 'run2', 'Change'],
  )
  t.deepEqual(rows[0], [
    ...['redirect', 'throughput', '+6.0 % (+5.7 to +6.3 %)', '+0.7 % (+0.5 to +1.0 %)'],
    '−5.0 % (−5.6 to −4.3 %) changed, worse',
    ...['+6.0 % (+5.7 to +6.3 %)', '0.0 % (−0.7 to +0.7 %) same within ±2 %'],
  ])
  t.true(rows.every((row) => row.length === columns.length))
})

for (const [what, make] of Object.entries(variants))
  test(`the page with ${what} is self-contained and nests well`, (t) => {
    const other = make()
    const html = renderCompare(
      [
        { name: 'main', record: { ...record, scenario: other.scenario } },
        { name: 'latest', record: other },
      ],
      0.02,
    )
    const elements = readHtml(html)
    const named = (name: string) => elements.filter((element) => element.name === name)
    for (const name of ['link', 'img', 'iframe']) t.is(named(name).length, 0, name)
    t.is(named('h1').length, 1)
    t.is(named('main').length, 1)
    t.notRegex(html, /undefined|NaN|\[object/)
    const ids = elements.flatMap(({ attributes }) => attributes.get('id') ?? [])
    t.is(new Set(ids).size, ids.length)
    for (const anchor of named('a')) t.true(ids.includes((anchor.attributes.get('href') ?? '').slice(1)))
    t.true(Buffer.byteLength(html) < 200_000)
  })

test('hostile texts in a comparison are shown as text', (t) => {
  const html = renderCompare(
    [
      { name: hostileName, record: hostileRecord() },
      { name: hostileName, record: hostileRecord() },
    ],
    0.02,
  )
  t.is(html.split('<script').length, 2)
  t.true(html.includes('&lt;script&gt;'))
})
