import test from 'ava'
import { chartView } from '../../src/trend/page/chart-view.ts'
import { renderTrend } from '../../src/trend/page.ts'
import { trendOf } from '../../src/trend/trend.ts'
import { entryFor, steppedHistory } from './made-up-history.ts'
import { normalNoise } from './noise.ts'

const candidates = ({ role }: { role: string }): boolean => role === 'candidate'
const trend = trendOf('redirect-vs-stack', steppedHistory(), candidates)

test('the page says what was found, has a chart for each series, and needs nothing else', async (t) => {
  const html = await renderTrend(trend)
  t.regex(html, /<h1>One change of level, on 2026-04-11<\/h1>/)
  t.regex(html, /kernel 6\.18\.1 → 6\.19\.0/)
  t.is(html.match(/<figure>/g)?.length, 2)
  t.is(html.match(/<svg /g)?.length, 4)
  t.regex(html, /aria-label="Now at .*Changes: \+4\.\d %, worse from 2026-04-11\. 0 outliers\."/)
  t.is(html.match(/<script/g)?.length, 1)
  t.notRegex(html, /src=|href="http/)
  t.notRegex(html, /NaN|undefined|Infinity/)
})

test('a history without changes is a page too', async (t) => {
  const html = await renderTrend(trendOf('redirect-vs-stack', [entryFor(0, () => 1.05)], candidates))
  t.regex(html, /<h1>Too few runs to see a change: 1, and it takes 15 at least\.<\/h1>/)
  t.notRegex(html, /NaN|undefined|Infinity/)
})

test('a long history is drawn as medians of runs side by side', (t) => {
  const noise = normalNoise(91)
  const runs = Array.from({ length: 1000 }, (_, run) => entryFor(run, () => 1 + 0.01 * noise()))
  const long = trendOf('redirect-vs-stack', runs, candidates)
  const { points, runsPerPoint } = chartView(long.series[0]!, long)
  t.is(runsPerPoint, 5)
  t.is(points.length, 200)
  t.is(points[0]!.run, 2)
})

test('what goes into the page is escaped', async (t) => {
  const wild = entryFor(0, () => 1, {
    roles: { '<b>': 'candidate' },
    ratios: { '<b>': { throughputPps: [1, null, null] } },
  })
  const html = await renderTrend(trendOf('<i>', [wild], candidates))
  t.notRegex(html, /<b>|<i>/)
})
