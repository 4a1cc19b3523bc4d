import test from 'ava'
import { sweepText } from '../../src/cli/terminal/sweep-text.ts'
import { sweepCsv } from '../../src/keep/sweep-csv.ts'
import { sweepView } from '../../src/sweep/curves.ts'
import { findingsOf } from '../../src/sweep/findings.ts'
import { sweepJson } from '../../src/sweep/json.ts'
import { renderSweep } from '../../src/sweep/page.ts'
import { sweepSentences } from '../../src/sweep/sentences.ts'
import type { Sweep } from '../../src/record/sweep.ts'
import { madeUpRecords, madeUpSweep } from './made-up-sweep.ts'

const view = sweepView(madeUpSweep, madeUpRecords)!
const findings = findingsOf(view, 42)

test('a growth of 2 ns per rule is found, and that of a path that does not grow is not', (t) => {
  const [stack, redirect] = ['stack', 'redirect'].map((path) =>
    findings.growths.find((growth) => growth.path === path)!,
  )
  t.true(stack!.perStep.low! <= 2 && 2 <= stack!.perStep.high!)
  t.is(stack!.perStep.estimate.toFixed(2), '2.00')
  t.true(stack!.isStraight)
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
  const sentences = sweepSentences(view, findings)
  t.regex(
    sentences[0]!,
    /^stack: the time per packet of a flood grows by 2\.\d+ ns \(1\.9\d* to 2\.\d+ ns\) per rule$/,
  )
  t.regex(sentences[1]!, /^redirect: the time per packet of a flood is not known to grow with rules/)
  t.regex(
    sentences[2]!,
    /^redirect: throughput goes from lower to higher than that of stack at rules \d+\.\d \(\d+\.\d to \d+\.\d\)$/,
  )
  t.regex(sentences[3]!, /^redirect: throughput is −\d+ to \+\d+ % against stack from rules 0 to 1,000$/)
})

test('the table has a row for each point, and fits the terminal', (t) => {
  const lines = sweepText(madeUpSweep, madeUpRecords, 80).split('\n')
  t.true(lines.every((line) => line.length <= 80))
  t.regex(lines[2]!, /^rules {2}packets\/s/)
  t.regex(lines[3]!, /^ {4}0 {2}−6\.3 % ±0\.9 ▼/)
  t.regex(lines[6]!, /^ 1000 {2}\+119 % ±2 ▲/)
})

test('points that could not be measured have their reason in place of figures', (t) => {
  const [first, ...rest] = madeUpSweep.points
  const sweep: Sweep = {
    ...madeUpSweep,
    complete: false,
    points: [{ ...first!, state: 'skipped', reason: 'no such device' }, ...rest],
  }
  const records = new Map([...madeUpRecords].slice(1))
  const text = sweepText(sweep, records, 100)
  t.regex(text, / 0 {2}skipped: no such device/)
  t.regex(text, /go on with --resume sweep-20261112T140312Z-0000002a$/)
  t.is(sweepView(sweep, new Map()), undefined)
  t.regex(sweepText(sweep, new Map(), 80), /0 of 4 points|3 of 4 points/)
})

test('two settings make a facet for each value of the second', (t) => {
  const twice: Sweep = {
    ...madeUpSweep,
    axes: [{ name: 'payload', values: [64, 1472] }, ...madeUpSweep.axes],
    points: [64, 1472].flatMap((payload) =>
      madeUpSweep.points.map((point) => ({ ...point, values: { payload, ...point.values } })),
    ),
  }
  const { along, facets } = sweepView(twice, madeUpRecords)!
  t.is(along.name, 'rules')
  t.deepEqual(
    facets.map(({ label }) => label),
    ['payload=64', 'payload=1472'],
  )
  t.regex(sweepSentences(sweepView(twice, madeUpRecords)!, findings)[0]!, /^stack: /)
})

test('CSV and JSON carry the point', (t) => {
  const [header, first] = sweepCsv(madeUpSweep, madeUpRecords).split('\n')
  t.is(header, 'rules,runId,path,metric,unit,estimate,low,high,ratio,ratioLow,ratioHigh,verdict')
  t.regex(first!, /^0,run-0,stack,throughputPps,pps,666666\.6/)
  const json = sweepJson(madeUpSweep, madeUpRecords) as { points: object[]; sentences: string[] }
  t.like(json.points[3], { values: { rules: 1000 }, paths: { length: 4 } })
  t.is(json.sentences.length, 4)
})

test('the page draws a curve for each path, and says what was found', async (t) => {
  const html = await renderSweep(madeUpSweep, madeUpRecords)
  t.regex(html, /<h1>Redirect-vs-stack over rules<\/h1>/)
  t.regex(html, /grows by 2\.\d+\s?ns/)
  t.regex(html, /<svg/)
  t.notRegex(html, /undefined|NaN/)
})
