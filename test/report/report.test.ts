import test from 'ava'

import { readFileSync } from 'node:fs'
import { inProject } from '../../src/host/project.ts'
import { renderReport } from '../../src/report/report.ts'
import { runRecordSchema, type RunRecord } from '../../src/record/record.ts'
import { balancedRecord } from './balanced-record.ts'
import { readHtml, type Element } from './read-html.ts'
import { hostileName, hostileRecord, variants } from './record-variants.ts'
import { sampleRecord } from './sample-record.ts'

const mostBytes = (record: RunRecord): number => (record.paths.length <= 4 ? 400_000 : 800_000)

let rendered: Promise<string> | undefined
/** The page of the made-up run, rendered once for all tests that read it. */
const samplePage = (): Promise<string> => (rendered ??= renderReport(sampleRecord()))

const holds = test.macro({
  exec: async (t, recordOf: () => RunRecord) => {
    const record = recordOf()
    const html = await (recordOf === sampleRecord ? samplePage() : renderReport(record))
    const elements = readHtml(html)
    const named = (name: string): Element[] => elements.filter((element) => element.name === name)

    t.true(Buffer.byteLength(html) < mostBytes(record), `${Buffer.byteLength(html)} bytes`)
    t.is(named('script').length, 1)
    for (const name of ['link', 'img', 'iframe', 'object', 'image', 'use']) t.is(named(name).length, 0, name)
    for (const { attributes } of elements)
      for (const [name, value] of attributes) {
        t.false(name.startsWith('on'), name)
        t.notRegex(value, /url\(|https?:/i)
        if (name === 'href') t.regex(value, /^#/)
        if (name === 'src') t.fail(value)
      }
    t.notRegex(named('style')[0]?.text ?? '', /url\(|@import/)
    t.notRegex(html, /undefined|NaN|\[object/)

    const ids = elements.flatMap(({ attributes }) => attributes.get('id') ?? [])
    t.is(new Set(ids).size, ids.length)
    for (const anchor of named('a')) t.true(ids.includes((anchor.attributes.get('href') ?? '').slice(1)))
    t.is(named('html')[0]?.attributes.get('lang'), 'en')
    t.is(named('h1').length, 1)
    t.is(named('main').length, 1)
  },
  title: (title = '') => `the page of ${title} is self-contained, nests well and stays small`,
})

for (const [title, recordOf] of Object.entries(variants)) test(title, holds, recordOf)

test('every figure has a caption, a text alternative and a table', async (t) => {
  const html = await samplePage()
  const figures = html
    .split('<figure>')
    .slice(1)
    .map((part) => readHtml(`<figure>${part.split('</figure>')[0]}</figure>`))
  t.is(figures.length, 1 + 4 + 3 + 1 + 3)
  for (const elements of figures) {
    const image = elements.find(({ attributes }) => attributes.get('role') === 'img')
    t.true((image?.attributes.get('aria-label') ?? '').length > 40)
    t.truthy(elements.find(({ name }) => name === 'figcaption'))
    const table = elements.find(({ name }) => name === 'table')
    t.true(table?.parents.includes('details'))
    t.true(elements.filter(({ name }) => name === 'tr').length > 1)
  }
})

test('headings do not skip a level', async (t) => {
  const levels = readHtml(await samplePage()).flatMap(({ name }) => {
    const level = /^h([1-6])$/.exec(name)?.[1]
    return level === undefined ? [] : [Number(level)]
  })
  t.is(levels[0], 1)
  for (const [index, level] of levels.entries()) t.true(level <= (levels[index - 1] ?? 0) + 1)
})

test('paths whose names begin alike have a bar each', async (t) => {
  const record = sampleRecord()
  const alike = JSON.stringify(record).replaceAll('"redirect"', '"a-path-with-a-long-name-1"')
  const html = await renderReport(
    JSON.parse(
      alike
        .replaceAll('"control"', '"a-path-with-a-long-name-2"')
        .replaceAll('"role":"a-path-with-a-long-name-2"', '"role":"control"'),
    ) as RunRecord,
  )
  const levels = html.split('<section id="levels">')[1]?.split('</figure>')[0] ?? ''
  t.deepEqual(
    Array.from(levels.matchAll(/class="row-name">([^<]*)</g), ([, name]) => name),
    ['stack', 'a-path-with-a-long-name-1', 'a-path-with-a-long-name-2', 'floor'],
  )
})

test('hostile texts are shown as text', async (t) => {
  const html = await renderReport(hostileRecord())
  t.is(html.split('<script').length, 2)
  t.true(html.includes('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;'))
  const title = readHtml(html).find(({ name, parents }) => name === 'title' && parents.at(-1) === 'head')
  t.true(title?.text.startsWith('&lt;script&gt;'))
  t.true(hostileName.length > 300)
})

test('the page says what to run to repeat it', async (t) => {
  const html = await samplePage()
  t.true(html.includes('<code>sudo ./bench run redirect-vs-stack --seed 42</code>'))
})

test('the same record gives the same page', async (t) => {
  const [one, other] = [await renderReport(sampleRecord()), await renderReport(sampleRecord())]
  t.true(one === other)
})

const sectionsOf = (html: string): string[] =>
  readHtml(html).flatMap(({ name, attributes }) => (name === 'section' ? [attributes.get('id') ?? ''] : []))

test('what only a load balancer has is left out of the page of a router', async (t) => {
  const ids = ['split', 'crossings', 'programs']
  const router = sectionsOf(await samplePage())
  const balancer = sectionsOf(await renderReport(balancedRecord()))
  t.deepEqual(
    balancer.filter((id) => !router.includes(id)),
    ids,
  )
})

test('every candidate of several stands in the opening, and in the grid of verdicts', async (t) => {
  const elements = readHtml(await renderReport(balancedRecord()))
  const names = ['dsr-tc', 'dsr-xdp', 'dsr-tc-native', 'dsr-xdp-native']
  const opening = elements.filter(({ attributes }) => attributes.get('class') === 'row-name')
  t.deepEqual(
    opening.slice(0, 4).map(({ text }) => text),
    names,
  )
  const headings = elements.filter(({ name, parents }) => name === 'th' && parents.includes('thead'))
  t.deepEqual(
    headings.slice(0, 6).map(({ text }) => text),
    ['Metric', ...names, 'control'],
  )
})

test('a stored run of an earlier version still has its page', async (t) => {
  const text = readFileSync(inProject('results', 'redirect-vs-stack', 'sample', 'run.json'), 'utf8')
  const html = await renderReport(runRecordSchema.parse(JSON.parse(text)))
  t.deepEqual(
    sectionsOf(html).filter((id) => ['verdicts', 'ratios', 'latency', 'topology', 'proof'].includes(id)),
    ['verdicts', 'ratios', 'latency', 'topology', 'proof'],
  )
})
