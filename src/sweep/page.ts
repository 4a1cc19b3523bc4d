/** A sweep as one self-contained HTML page. */
import { releaseOf } from '../across/identity.ts'
import { markup, type Html } from '../page/escape.ts'
import { renderChartBreadths, renderPicture } from '../page/picture.ts'
import { pageShell } from '../page/shell.ts'
import { renderTable } from '../page/table.ts'
import { typeset } from '../page/typeset.ts'
import { pointLabel, type Records, type Sweep } from '../record/sweep.ts'
import { renderLegend } from '../report/page/legend.ts'
import { type PathStyle, pathStyles } from '../report/view/path-style.ts'
import { capitalised, formatInstant } from '../words/numbers.ts'
import { wallTime } from '../words/wall-time.ts'
import type { Facet, MetricCurves, SweepView } from './curves.ts'
import { curveChart } from './page/chart.ts'
import { curveChartView } from './page/chart-view.ts'
import { heatSection } from './page/heat-map.ts'
import { curveTable, growthTable, pointsTable } from './page/tables.ts'
import { storyOf, type SweepStory } from './story.ts'
import { mainMetrics } from './table.ts'

/** Charts of more facets than these would be looked at by nobody: the table has them. */
const mostFacets = 12

/** The whole document. */
export async function renderSweep(sweep: Sweep, records: Records): Promise<string> {
  const story = storyOf(sweep, records)
  const title = `${sweep.scenario} over ${sweep.axes.map(({ name }) => name).join(' and ')}`
  const body = markup`<header><p class="eyebrow">${sweep.title}</p><h1>${title}</h1><p class="quiet">${factsOf(sweep)}</p></header><main>${story && summarySection(story)}${story && (await curvesSection(story.view))}${story && heatSection(story.view)}${story && growthSection(story)}${pointsSection(sweep, records)}${methodSection}</main><footer><p>Sweep ${sweep.sweepId}. Made by pathbench.</p></footer>`
  return pageShell(title, body)
}

const factsOf = (sweep: Sweep): string =>
  `${sweep.points.length} points, Linux ${releaseOf(sweep.kernel)}, ${formatInstant(sweep.startedAt)}, ${wallTime(sweep)}${sweep.complete ? '' : '; ended early'}`

function summarySection({ sentences }: SweepStory): Html | undefined {
  if (sentences.length === 0) return undefined
  return markup`<section id="summary"><h2>What was found</h2><ul class="plain">${sentences.map((sentence) => markup`<li>${typeset(sentence)}.</li>`)}</ul></section>`
}

async function curvesSection(view: SweepView): Promise<Html> {
  const styles = pathStyles(view.paths).filter(({ name }) =>
    view.facets.some(({ metrics }) =>
      metrics.some(({ curves }) => curves.some((curve) => curve.path === name && curve.points.length > 0)),
    ),
  )
  const shown = view.facets.slice(0, mostFacets)
  const parts: Html[] = []
  for (const facet of shown) parts.push(await facetPart(view, facet, styles))
  const rest = view.facets.length - shown.length
  return markup`<section id="curves"><h2>Curves over ${view.along.name}</h2><p>Above, each path’s own figure; below, its change to ${view.baseline} at the same point. Bands are 95 % intervals.</p>${renderLegend(styles)}${parts}${rest === 0 ? undefined : markup`<p class="quiet">${rest} further combinations are in the table of all points.</p>`}</section>`
}

async function facetPart(view: SweepView, facet: Facet, styles: readonly PathStyle[]): Promise<Html> {
  const figures: Html[] = []
  for (const metric of facet.metrics) figures.push(await figureOf(view, facet, metric, styles))
  const heading = facet.label === '' ? undefined : markup`<h3>At ${facet.label}</h3>`
  return markup`${heading}<div class="grid">${figures}</div>`
}

async function figureOf(
  view: SweepView,
  { label }: Facet,
  metric: MetricCurves,
  styles: readonly PathStyle[],
): Promise<Html> {
  const chart = curveChartView(view, metric, styles)
  return renderPicture({
    title: capitalised(metric.title),
    inWords: `${metric.title} over ${view.along.name}${label === '' ? '' : ` at ${label}`}; the table has the figures`,
    drawing: await renderChartBreadths((breadth) => curveChart(chart, breadth)),
    table: curveTable(view, metric),
  })
}

function growthSection({ view, findings }: SweepStory): Html | undefined {
  if (findings.growths.length === 0) return undefined
  return markup`<section id="growth"><h2>Growth</h2>${renderTable(growthTable(view, findings.growths))}</section>`
}

function pointsSection(sweep: Sweep, records: Records): Html {
  const missing = sweep.points.filter(({ reason }) => reason !== undefined)
  return markup`<section id="points"><h2>Points</h2>${renderTable(pointsTable(sweep, records, mainMetrics(records)))}${missing.map((point) => markup`<p class="quiet">${pointLabel(point)}: ${point.reason}</p>`)}</section>`
}

const methodSection = markup`<section id="method"><h2>Method</h2><p>Every point is a run of its own, with its own baseline, control and floor. Rounds go from point to point in random order, so that a machine that gets slower or faster does not draw a curve. A line through the points weighs each by its interval (weighted least squares); where points lie further off it than their intervals say, its interval is wider by as much (Birge’s ratio). A path crosses the baseline between two points at which it is known to lie on different sides; the interval is that of the crossings of points drawn anew.</p></section>`
