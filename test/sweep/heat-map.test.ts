import test from 'ava'
import { toText } from '../../src/page/escape.ts'
import type { Sweep } from '../../src/record/sweep.ts'
import { sweepView } from '../../src/sweep/curves.ts'
import { renderSweep } from '../../src/sweep/page.ts'
import { heatSection } from '../../src/sweep/page/heat-map.ts'
import { madeUpRecords, madeUpSweep } from './made-up-sweep.ts'

/** The made-up sweep over rules at two payloads: at the second of them it has not come to its last point. */
const grid: Sweep = {
  ...madeUpSweep,
  axes: [...madeUpSweep.axes, { name: 'payload', values: [64, 1400] }],
  points: [64, 1400].flatMap((payload) =>
    madeUpSweep.points.map((point) => ({
      ...point,
      values: { ...point.values, payload },
      ...(payload === 1400 && point.values.rules === 1000 ? { runId: 'none' } : {}),
    })),
  ),
}

test('two settings have a map: a row for each value of the other, its colour by verdict', async (t) => {
  const html = toText(heatSection(sweepView(grid, madeUpRecords)!))
  t.deepEqual(
    [...html.matchAll(/<th scope="row">([^<]*)<\/th>/g)].map(([, label]) => label),
    ['payload=64', 'payload=1400'],
  )
  const [first, second] = html.split('<tr>').slice(2)
  t.is(first!.match(/heat-slower/g)?.length, 1)
  t.regex(first!, /heat-faster heat-5/)
  t.true(second!.endsWith('<td>–</td></tr></tbody></table></div></section>'), second)
  t.regex(await renderSweep(grid, madeUpRecords), /All settings at once/)
})

test('one setting has none', (t) => {
  t.is(heatSection(sweepView(madeUpSweep, madeUpRecords)!), undefined)
})
