import { runInNewContext } from 'node:vm'
import test from 'ava'
import { units } from '../../src/parts/metrics/units.ts'
import { valueOf } from '../../src/page/page-script.ts'
import { typeset } from '../../src/page/typeset.ts'

/** What the page makes of a cell's text. */
const valueOfCell = (text: string): number | null =>
  runInNewContext(`${valueOf};valueOf({ textContent: ${JSON.stringify(text)} })`) as number | null

test('a cell is sorted by its value, whatever multiple of its unit it is shown in', (t) => {
  for (const { steps } of Object.values(units))
    for (const { name, factor } of steps) t.is(valueOfCell(`3 ${name}`), 3 * factor, name)
})

test('signs, commas and what cannot break are no hindrance to sorting', (t) => {
  t.is(valueOfCell('1,234'), 1234)
  t.is(valueOfCell('−5.1\u00a0% ±0.4 ▼'), -5.1 * 0.01)
  t.is(valueOfCell('redirect'), null)
})

test('a number and its unit stay on one line', (t) => {
  for (const { steps } of Object.values(units))
    for (const { name } of steps)
      t.is(typeset(`from 2 to 3 ${name}, or so`), `from 2 to 3\u00a0${name}, or so`)
  t.is(typeset('3 seconds, 4 streams'), '3 seconds, 4 streams')
})
