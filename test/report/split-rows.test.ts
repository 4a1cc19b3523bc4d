import test from 'ava'

import { splitRows } from '../../src/report/charts/split-rows.ts'
import { toText } from '../../src/page/escape.ts'
import { reportView } from '../../src/report/view.ts'
import { balancedRecord } from './balanced-record.ts'
import { readHtml } from './read-html.ts'

const [flows] = reportView(balancedRecord()).splits
if (!flows) throw new Error('There is no split of flows')
const elements = readHtml(toText(splitRows(flows)))

const percent = (value: string | undefined): number => Number(value?.replace('%', ''))

test('each bar is divided in proportion', (t) => {
  const widths = elements
    .filter(({ name }) => name === 'rect')
    .map(({ attributes }) => percent(attributes.get('width')))
  t.is(widths.length, 14)
  t.true(Math.abs((widths[0] ?? 0) - (100 * 1301) / 2560) < 0.6)
  for (const row of flows.rows.keys())
    t.true(Math.abs((widths[2 * row] ?? 0) + (widths[2 * row + 1] ?? 0) - 99.2) < 0.11)
})

test('a line marks equal shares in each row', (t) => {
  const lines = elements.filter(({ name }) => name === 'line')
  t.deepEqual([...new Set(lines.map(({ attributes }) => attributes.get('x1')))], ['50.0%'])
  t.is(lines.length, flows.rows.length)
})

test('servers and paths are named, and shares written out', (t) => {
  const textsOf = (kind: string): string[] =>
    elements
      .filter(({ name, attributes }) => (attributes.get('class') ?? name) === kind)
      .map(({ text }) => text)
  t.deepEqual(textsOf('li'), ['backend0x', 'backend0y'])
  t.is(textsOf('row-name')[0], 'nat')
  t.is(textsOf('row-value')[0], '50.8 / 49.2')
})
