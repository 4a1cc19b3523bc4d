import test from 'ava'

import { splitBars } from '../../src/report/charts/split-bars.ts'
import { toText } from '../../src/page/escape.ts'
import { reportView } from '../../src/report/view.ts'
import { balancedRecord } from './balanced-record.ts'
import { readHtml } from './read-html.ts'

const [flows] = reportView(balancedRecord()).splits
if (!flows) throw new Error('There is no split of flows')
const elements = readHtml(toText(splitBars(flows)))

const widths = elements
  .filter(({ name }) => name === 'rect')
  .map(({ attributes }) => Number(attributes.get('width')) + 1)

test('each bar is parted in proportion, and all are as long', (t) => {
  t.is(widths.length, 14)
  const sums = flows.rows.map((_, row) => (widths[2 * row] ?? 0) + (widths[2 * row + 1] ?? 0))
  for (const sum of sums) t.true(Math.abs(sum - 196) < 0.11, String(sum))
  t.true(Math.abs((widths[0] ?? 0) / 196 - 1301 / 2560) < 0.001)
})

test('a line marks equal shares', (t) => {
  const lines = elements.filter(({ name }) => name === 'line')
  t.deepEqual(
    lines.map(({ attributes }) => attributes.get('x1')),
    ['210.0'],
  )
})

test('servers and paths are named, and shares written out', (t) => {
  const texts = elements.filter(({ name }) => name === 'text').map(({ text }) => text)
  t.deepEqual(texts.slice(0, 4), ['backend0x', 'backend0y', 'nat', '50.8 / 49.2'])
})
