import test from 'ava'
import { sweepText } from '../../src/cli/terminal/sweep-text.ts'
import { sweepCsv } from '../../src/keep/sweep-csv.ts'
import type { Records, Sweep } from '../../src/record/sweep.ts'
import { builtInSettings } from '../../src/scenario/changes/set.ts'
import { sweepJson } from '../../src/sweep/json.ts'
import { renderSweep } from '../../src/sweep/page.ts'
import { unitOf } from '../../src/sweep/sentences.ts'
import { storyOf } from '../../src/sweep/story.ts'
import { balancedRecord } from '../report/balanced-record.ts'
import { readHtml } from '../report/read-html.ts'
import { madeUpRecords, madeUpSweep, ruleCounts } from './made-up-sweep.ts'

const { view, findings, sentences } = storyOf(madeUpSweep, madeUpRecords)!

/** The same sweep once more for each of two payloads, with the same records. */
const twice: Sweep = {
  ...madeUpSweep,
  axes: [{ name: 'payload', values: [64, 1472] }, ...madeUpSweep.axes],
  points: [64, 1472].flatMap((payload) =>
    madeUpSweep.points.map((point) => ({ ...point, values: { payload, ...point.values } })),
  ),
}

const told = [
  'stack: the time per packet of a flood grows by 2.000 ns (1.984 to 2.016 ns) per rule',
  'redirect: the time per packet of a flood is not known to grow with rules (−0.0092 to 0.0092 ns per rule)',
  'redirect: throughput goes from lower to higher than that of stack at rules=51.6 (46.3 to 56.4)',
  "redirect: throughput differs from stack's by −7 to +121 % for rules from 0 to 1,000",
]

test('a growth of 2 ns per rule is found, and that of a path that does not grow is not', (t) => {
  const [stack, redirect, ...others] = findings.growths
  t.deepEqual(others, [])
  t.is(stack!.path, 'stack')
  t.true(stack!.perStep.low! <= 2 && 2 <= stack!.perStep.high!)
  t.is(stack!.perStep.estimate.toFixed(2), '2.00')
  t.is(Math.round(stack!.offsetNs), 1500)
  t.true(stack!.isStraight)
  t.is(redirect!.path, 'redirect')
  t.true(redirect!.perStep.low! < 0 && redirect!.perStep.high! > 0)
})

test('the paths cross where their times are the same: at 50 rules', (t) => {
  const [crossing, ...others] = findings.crossings
  t.deepEqual(others, [])
  t.like(crossing, { path: 'redirect', metric: 'throughputPps', direction: 'rises' })
  const { estimate, low, high } = crossing!.at
  t.true(low! < 50 && 50 < high!)
  t.true(Math.abs(estimate - 50) < 5)
})

test('what is found is said in sentences, each with its interval', (t) => {
  t.deepEqual(sentences, told)
})

test('a range is of the values that were measured, in whatever order they were asked for', (t) => {
  const points = madeUpSweep.points.toSpliced(0, 1).toReversed()
  const axes = [{ name: 'rules', values: ruleCounts.toReversed() }]
  const story = storyOf({ ...madeUpSweep, axes, points }, madeUpRecords)
  t.is(
    story?.sentences.at(-1),
    "redirect: throughput differs from stack's by +5 to +121 % for rules from 100 to 1,000",
  )
})

test('a setting without numbers has its values in place of a range', (t) => {
  const axes = [{ name: 'qdisc', values: ['none', 'fq'] }]
  const points = madeUpSweep.points
    .slice(0, 2)
    .map((point, index) => ({ ...point, values: { qdisc: axes[0]!.values[index]! } }))
  const story = storyOf({ ...madeUpSweep, axes, points }, madeUpRecords)
  t.deepEqual(story?.sentences, [
    "redirect: throughput differs from stack's by −7 to +7 % for qdisc none, fq",
  ])
})

test('a path that no point is known to differ at is not said to differ', (t) => {
  const wide = new Map(
    [...madeUpRecords].map(([id, record]) => [
      id,
      {
        ...record,
        comparisons: record.comparisons.map((one) => ({
          ...one,
          ratio: { ...one.ratio, low: 0.5, high: 9 },
        })),
      },
    ]),
  )
  t.true(
    storyOf(madeUpSweep, wide)?.sentences.includes(
      "redirect: throughput is not known to differ from stack's (−50 to +800 %) for rules from 0 to 1,000",
    ),
  )
})

test('of every setting that pathbench knows it can say what one more is', (t) => {
  for (const name of Object.keys(builtInSettings)) t.notRegex(unitOf(name), /^unit of/)
  t.is(unitOf('mtu'), 'byte of MTU')
  t.is(unitOf('constructor'), 'unit of constructor')
})

test('what load balancers cost of their own is called theirs', (t) => {
  const record = balancedRecord()
  const [point] = madeUpSweep.points
  const story = storyOf({ ...madeUpSweep, points: [point!] }, new Map([[point!.runId, record]]))
  const titles = story?.view.facets[0]?.metrics.map(({ title }) => title)
  t.is(titles?.at(-1), "the balancer's own CPU time per packet")
  t.is(
    titles?.find((title) => title.includes('router')),
    undefined,
  )
})

test('the table has a row for each point, and fits the terminal', (t) => {
  const lines = sweepText(madeUpSweep, madeUpRecords, 80).split('\n')
  t.true(lines.every((line) => line.length <= 80))
  t.deepEqual(lines.slice(2, 8), [
    'rules  packets/s',
    '    0  −6.3 % ±0.9 ▼',
    '  100  +6.3 % ±1.1 ▲',
    '  300  +31.3 % ±1.3 ▲',
    ' 1000  +119 % ±2 ▲',
    '',
  ])
  t.is(lines.slice(8).join(' ').replaceAll(/ {2,}/g, ' '), told.join(' '))
})

test('points that could not be measured have their reason in place of figures', (t) => {
  const [first, ...rest] = madeUpSweep.points
  const sweep: Sweep = {
    ...madeUpSweep,
    complete: false,
    points: [{ ...first!, state: 'skipped', reason: 'no such device' }, ...rest],
  }
  const text = sweepText(sweep, new Map([...madeUpRecords].slice(1)), 100)
  t.regex(text, /^redirect-vs-stack: 3 of 4 points, /)
  t.regex(text, /^ {4}0 {2}skipped: no such device$/m)
  t.regex(text, /^ {2}100 {2}\+6\.3 % ±1\.1 ▲$/m)
  t.regex(text, /go on with --resume sweep-20261112T140312Z-0000002a$/)
})

test('a sweep of which nothing was measured has points, and nothing to say of them', async (t) => {
  const nothing: Records = new Map()
  const sweep: Sweep = {
    ...madeUpSweep,
    complete: false,
    points: madeUpSweep.points.map((point) => ({ ...point, state: 'waiting', roundsDone: 0 })),
  }
  t.is(storyOf(sweep, nothing), undefined)
  t.regex(sweepText(sweep, nothing, 80), /^redirect-vs-stack: 0 of 4 points, /)
  t.is(sweepText(sweep, nothing, 80).match(/not measured/g)?.length, 4)
  t.deepEqual((sweepJson(sweep, nothing) as { sentences: string[] }).sentences, [])
  t.is(sweepCsv(sweep, nothing).split('\n').length, 2)
  t.notRegex(await renderSweep(sweep, nothing), /<figure|undefined|NaN/)
})

test('two settings make a facet for each value of the second, each with all that is found', (t) => {
  const story = storyOf(twice, madeUpRecords)!
  t.is(story.view.along.name, 'rules')
  t.deepEqual(
    story.view.facets.map(({ label }) => label),
    ['payload=64', 'payload=1472'],
  )
  t.deepEqual(
    story.findings.crossings.map(({ facet }) => facet),
    ['payload=64', 'payload=1472'],
  )
  t.is(story.sentences.length, 2 * told.length)
  t.regex(story.sentences[0]!, /^stack at payload=64: the time per packet of a flood grows by 2\.000 ns/)
})

test('CSV has a row for each point, path and metric, the baseline without a ratio', (t) => {
  const [header, first, second, ...others] = sweepCsv(madeUpSweep, madeUpRecords).trimEnd().split('\n')
  t.is(header, 'rules,runId,path,metric,unit,estimate,low,high,ratio,ratioLow,ratioHigh,verdict')
  t.regex(first!, /^0,run-0,stack,throughputPps,pps,666666\.6\d*,663333\.3\d*,670000,,,,$/)
  t.is(second, '0,run-0,redirect,throughputPps,pps,625000,621875,628125,0.9375,0.928125,0.946875,slower')
  t.is(others.length, 2 * (ruleCounts.length - 1))
  t.true(others.every((row) => row.split(',').length === header!.split(',').length))
  t.regex(sweepCsv(twice, madeUpRecords), /^payload,rules,runId,.*\n64,0,run-0,stack,/)
})

test('JSON has the figures of each point, what was found and its sentences', (t) => {
  const json = sweepJson(madeUpSweep, madeUpRecords) as {
    points: { values: object; estimates: object[]; comparisons: object[] }[]
    crossings: object[]
    sentences: string[]
  }
  t.deepEqual(
    json.points.map(({ values }) => values),
    ruleCounts.map((rules) => ({ rules })),
  )
  t.true(
    json.points.every(({ estimates, comparisons }) => estimates.length === 2 && comparisons.length === 1),
  )
  t.is(json.crossings.length, 1)
  t.deepEqual(json.sentences, told)
  t.false('scenarioSource' in json)
})

test('the page says what was found, draws it twice for two breadths, and has the figures as tables', async (t) => {
  const html = await renderSweep(madeUpSweep, madeUpRecords)
  t.notRegex(html, /undefined|NaN/)
  const elements = readHtml(html)
  const named = (name: string) => elements.filter((element) => element.name === name)
  t.is(named('h1')[0]?.text, 'redirect-vs-stack over rules')
  const found = named('li').map(({ text }) => text.replaceAll('\u00a0', ' '))
  for (const sentence of told) t.true(found.includes(`${sentence.replaceAll("'", '&#39;')}.`), sentence)
  t.is(named('figure').length, 1)
  t.is(elements.filter(({ name, parents }) => name === 'svg' && parents.includes('figure')).length, 2)
  // The curve's figures and the points, a row for each value; growths, a row for each path; a head for each table.
  t.is(named('tr').length, 2 * (1 + ruleCounts.length) + (1 + findings.growths.length))
  t.is(view.facets[0]?.metrics.length, 1)
})
