import test from 'ava'

import { renderReport } from '../../src/report/report.ts'
import { reportView } from '../../src/report/view.ts'
import { rulesByPath } from '../../src/report/view/path-rules.ts'
import { manyPathsRecord } from './many-paths-record.ts'
import { readHtml } from './read-html.ts'

const record = manyPathsRecord(13)
const view = reportView(record)
const html = await renderReport(record)

test('many paths stand in one table first, those that cost least before the others', (t) => {
  const names = view.overview?.rows.map(({ cells }) => cells[0])
  t.is(names?.length, 16)
  t.deepEqual(names?.slice(0, 3), ['floor', 'variant-01', 'variant-02'])
  t.is(names?.indexOf('stack'), 6)
  t.deepEqual(view.overview?.rows[1]?.cells, [
    'variant-01',
    '162 ns',
    '132 to 192 ns',
    '−85.7 %',
    '220 kpps',
    '20.5 µs',
    'faster',
  ])
  t.regex(html, /<main><section id="overview">/)
})

test('a path without figures stands at the end of the table, with what became of it', (t) => {
  const paths = record.paths.map((path) =>
    path.name === 'variant-01' ? { ...path, status: 'invalid' as const, reason: 'lost a packet' } : path,
  )
  const { overview } = reportView({ ...record, paths })
  t.is(overview?.rows.at(-1)?.cells[0], 'variant-01')
  t.is(overview?.rows.at(-1)?.cells.at(-1), 'invalid')
})

test('the costs of all paths are on one axis', (t) => {
  const [costs, ...others] = view.ownCosts
  t.is(others.length, 0)
  t.is(costs?.rows.length, 14)
  t.is(costs?.unit, 'ns')
  t.false(view.levels.some(({ title }) => title === costs?.title))
})

test('each metric has an axis of its own, logarithmic where its ratios span a decade', (t) => {
  t.true(new Set(view.ratios.groups.map(({ axis }) => axis.low)).size > 1)
  t.true(view.ratios.groups.every(({ axis }) => !axis.isLog))
  const comparisons = record.comparisons.map((one) =>
    one.path === 'variant-13' && one.metric === 'rttNs.p50'
      ? { ...one, ratio: { ...one.ratio, estimate: 14, low: 13, high: 15 } }
      : one,
  )
  const wide = reportView({ ...record, comparisons }).ratios.groups
  t.deepEqual(
    wide.filter(({ axis }) => axis.isLog).map(({ noun }) => noun),
    ['median round trip'],
  )
})

test('ways that are alike are drawn once, with what differs beside', (t) => {
  t.deepEqual(
    view.topologies.map(({ title }) => title),
    ['stack and control', 'variant-01, variant-02, variant-03, variant-04 and 9 more', 'floor'],
  )
  const [alike, different] = view.topologies
  t.is(alike?.differences, undefined)
  t.is(different?.differences?.rows.length, 13)
  t.deepEqual(different?.differences?.rows[2], [
    'variant-03',
    'Variant 3 of the redirecting program',
    'redirect_3 at tc/ingress of veth1@2',
  ])
})

test('rulesets that paths add are told apart, whatever the text holds besides', (t) => {
  const source = `paths:
  one: { topology: { namespaces: { a: { nftables: "add table x" } } } }
  two: { nftables: [1], title: none }
`
  t.deepEqual([...rulesByPath(source)], [['one', 'add table x']])
  for (const text of ['', 'a: [', '- 1', 'paths: 3']) t.is(rulesByPath(text).size, 0)
})

test('proofs, skipped work and limits of the flood are said once for all that share them', (t) => {
  t.deepEqual(
    view.proofs.map(({ summary }) => summary),
    [
      'stack and control: all 2 hold for each',
      'variant-01, variant-02, variant-03, variant-04 and 9 more: all 2 hold for each',
      'floor: all 1 hold',
    ],
  )
  t.is(view.skippedWork.length, 2)
  t.is(view.floodLimits.length, 1)
})

test('every path has a cell for each metric, in the order of the table above', (t) => {
  const heat = html.split('class="frozen heat"')[1]?.split('</table>')[0] ?? ''
  const elements = readHtml(`<table>${heat}</table>`.replace('<table>>', '<table>'))
  t.is(elements.filter(({ name }) => name === 'td').length, 14 * 6)
  const paths = elements.filter(({ attributes }) => attributes.get('scope') === 'row')
  t.deepEqual(
    paths.slice(0, 2).map(({ text }) => text),
    ['variant-01', 'variant-02'],
  )
})

test('no colour of a candidate stands for two paths of one chart of curves', (t) => {
  const few = reportView(manyPathsRecord(4)).legend
  t.is(new Set(few.map(({ colour }) => colour)).size, few.length)
  t.false(view.legend.some(({ dash, role }) => role === 'candidate' && dash.length > 0))
})

test('pages of 16 and 30 paths stay small', async (t) => {
  t.true(Buffer.byteLength(html) < 800_000, String(Buffer.byteLength(html)))
  t.true(Buffer.byteLength(await renderReport(manyPathsRecord(27))) < 1_200_000)
})
