/** The sections that are mostly charts. */
import { courseChart } from '../charts/course-chart.ts'
import { forestPlot } from '../charts/forest-plot.ts'
import { levelBars } from '../charts/level-bars.ts'
import { percentileCurves } from '../charts/percentile-curves.ts'
import { renderChart } from '../../page/render-chart.ts'
import { markup, type Html } from '../../page/escape.ts'
import { renderBreadths, renderFigure } from '../../page/figure.ts'
import { renderLegend } from '../page/legend.ts'
import { typeset } from '../../page/typeset.ts'
import type { ReportView } from '../view.ts'

/** Charts name paths and cannot say what these lost: a note beside them does. */
const lossNote = ({ losses }: ReportView): Html | undefined =>
  losses.length === 0 ? undefined : markup`<p class="note">${losses.map(typeset).join(' ')}</p>`

/** Ratio intervals of the headline metrics. */
export const ratiosSection = async (view: ReportView): Promise<Html | undefined> => {
  const { ratios } = view
  if (ratios.groups.length === 0) return undefined
  const [wide, narrow] = [
    await renderChart(forestPlot(ratios, 'wide')),
    await renderChart(forestPlot(ratios, 'narrow')),
  ]
  return markup`<section id="ratios"><h2>Ratios to the baseline</h2><p>Each point is a path’s change to the baseline in one metric, each line its 95 % interval. The band is the margin of equivalence; filled points are clear of it. What lies beyond the axis ends at its edge, a point as a triangle; the values stand beside it.</p>${lossNote(view)}${renderFigure({ title: 'Change to the baseline', finding: ratios.finding, drawing: renderBreadths(wide, narrow), table: ratios.table })}</section>`
}

/** Latency by percentile. */
export const latencySection = async (page: ReportView): Promise<Html | undefined> => {
  const { curves, legend } = page
  if (curves.length === 0) return undefined
  const figures: Html[] = []
  for (const view of curves) {
    const drawing = await renderChart(percentileCurves(view))
    figures.push(renderFigure({ title: view.title, finding: view.finding, drawing, table: view.table }))
  }
  return markup`<section id="latency"><h2>Latency</h2><p>All packets or requests of the run together, up to the percentile beyond which fewer than ten of them lie. Further left is better. The latency axis is logarithmic; the percentile axis is stretched towards the tail.</p>${lossNote(page)}${renderLegend(legend)}<div class="grid">${figures}</div></section>`
}

/** Throughput and cost of each path by itself. */
export const levelsSection = async (page: ReportView): Promise<Html | undefined> => {
  const { levels, floodLimits } = page
  if (levels.length === 0) return undefined
  const figures: Html[] = []
  for (const view of levels) {
    const drawing = await renderChart(levelBars(view))
    const { title, direction, finding, table } = view
    figures.push(renderFigure({ title, subtitle: direction, finding, drawing, table }))
  }
  const limits =
    floodLimits.length === 0
      ? undefined
      : markup`<h3>What limited the flood</h3><ul class="plain">${floodLimits.map(({ path, sentence }) => markup`<li>${path}: ${sentence}</li>`)}</ul>`
  return markup`<section id="levels"><h2>Throughput and cost</h2><p>Each path by itself, with its interval. Levels move with the machine from one run to the next; the ratios above hold better.</p>${lossNote(page)}<div class="grid">${figures}</div>${limits}</section>`
}

/** The paired ratios as they were measured, and what disturbed them. */
export const courseSection = async (view: ReportView): Promise<Html | undefined> => {
  const { courses } = view
  const [first] = courses
  if (first === undefined) return undefined
  const figures: Html[] = []
  for (const course of courses) {
    const [wide, narrow] = [
      await renderChart(courseChart(course, 'wide')),
      await renderChart(courseChart(course, 'narrow')),
    ]
    const { noun, finding, table } = course
    const drawing = renderBreadths(wide, narrow)
    figures.push(renderFigure({ title: `Change in ${noun}, block by block`, finding, drawing, table }))
  }
  const each =
    first.blocksPerPoint === 1
      ? 'Each point is one block'
      : `Each point is the median of ${first.blocksPerPoint} blocks`
  return markup`<section id="course"><h2>Over time</h2><p>${each}; vertical lines part the rounds. Beneath: CPU time that the hypervisor gave to others, and how often the generator’s threads were preempted.</p>${lossNote(view)}${renderLegend(first.series.map(({ style }) => style))}${figures}</section>`
}
