/** Ratios, latency, levels and the course of the run: drawings with a sentence each and the numbers behind. */
import { capitalised } from '../../words/numbers.ts'
import { courseChart } from '../charts/course-chart.ts'
import { levelRows } from '../charts/level-rows.ts'
import { percentileCurves } from '../charts/percentile-curves.ts'
import { percentileRows } from '../charts/percentile-rows.ts'
import { ratioRows } from '../charts/ratio-rows.ts'
import { renderChart } from '../../page/render-chart.ts'
import { markup, type Html } from '../../page/escape.ts'
import { renderChartBreadths, renderPicture } from '../../page/picture.ts'
import { renderLegend } from '../page/legend.ts'
import { typeset } from '../../page/typeset.ts'
import type { ReportView } from '../view.ts'
import type { RatioGroup } from '../view/ratios.ts'

/** Charts name paths and cannot say what these lost: a note beside them does. */
const lossNote = ({ losses }: ReportView): Html | undefined =>
  losses.length === 0 ? undefined : markup`<p class="note">${losses.map(typeset).join(' ')}</p>`

const ratioGroup = (group: RatioGroup): Html =>
  markup`<h4>${capitalised(group.noun)} <span class="quiet">${group.direction}</span></h4>${ratioRows(group)}`

/** With many paths a page would be filled by each metric but the first. */
const foldedGroup = (group: RatioGroup): Html => {
  const title = capitalised(group.noun)
  return markup`<details><summary>${title}</summary><div role="img" aria-label="${title}: the table above has the figures">${ratioRows(group)}</div></details>`
}

const apartNote = ({ apart }: ReportView): string => (apart === undefined ? '' : ` ${apart}.`)

/** Ratio intervals of the headline metrics. */
export const ratiosSection = (view: ReportView): Html | undefined => {
  const { ratios, isMany } = view
  if (ratios.groups.length === 0) return undefined
  const open = isMany ? ratios.groups.slice(0, 1) : ratios.groups
  const folded = ratios.groups.slice(open.length)
  const { inWords, table } = ratios
  const drawing = markup`${open.map(ratioGroup)}`
  return markup`<section id="ratios"><h2>Ratios to the baseline</h2><p>Each point is a path’s change to the baseline in one metric, each line its 95 % interval. The band is the margin of equivalence; filled points are clear of it. What lies beyond the axis ends at its edge, a point as a triangle; the values stand beside it.${apartNote(view)}</p>${lossNote(view)}${renderPicture({ title: 'Change to the baseline', inWords, drawing, table })}${folded.map(foldedGroup)}</section>`
}

const latencyWords = {
  few: 'Further left is better. The latency axis is logarithmic; the percentile axis is stretched towards the tail.',
  many: 'The filled point is the median, hollow ones are the 90th, 99th and 99.9th percentile. Further left is better; the axis is logarithmic.',
}

/** Latency by percentile. */
export const latencySection = async (page: ReportView): Promise<Html | undefined> => {
  const { curves, legend, isMany } = page
  if (curves.length === 0) return undefined
  const figures: Html[] = []
  for (const view of curves) {
    const drawing = isMany ? percentileRows(view) : await renderChart(percentileCurves(view))
    figures.push(renderPicture({ title: view.title, inWords: view.inWords, drawing, table: view.table }))
  }
  const end = isMany ? '' : ', up to the percentile beyond which fewer than ten of them lie'
  return markup`<section id="latency"><h2>Latency</h2><p>All packets or requests of the run together${end}. ${latencyWords[isMany ? 'many' : 'few']}</p>${lossNote(page)}${isMany ? undefined : renderLegend(legend)}<div class="grid">${figures}</div></section>`
}

/** Throughput and cost of each path by itself. */
export const levelsSection = (page: ReportView): Html | undefined => {
  const { levels, floodLimits } = page
  if (levels.length === 0) return undefined
  const figures = levels.map((view) => {
    const { title, direction, inWords, table } = view
    return renderPicture({ title, subtitle: direction, inWords, drawing: levelRows(view), table })
  })
  const limits =
    floodLimits.length === 0
      ? undefined
      : markup`<h3>What limited the flood</h3><ul class="plain">${floodLimits.map(({ path, sentence }) => markup`<li>${path}: ${sentence}</li>`)}</ul>`
  return markup`<section id="levels"><h2>Throughput and cost</h2><p>Each path by itself, with its interval. Levels move with the machine from one run to the next; the ratios above hold better.</p>${lossNote(page)}<div class="grid">${figures}</div>${limits}</section>`
}

/** The paired ratios as they were measured, and what disturbed them. */
export const courseSection = async (view: ReportView): Promise<Html | undefined> => {
  const { courses, isMany } = view
  const [first] = courses
  if (first === undefined) return undefined
  const figures: Html[] = []
  for (const course of courses) {
    const { noun, inWords, table } = course
    const drawing = await renderChartBreadths((breadth) => courseChart(course, breadth))
    figures.push(renderPicture({ title: `Change in ${noun}, block by block`, inWords, drawing, table }))
  }
  const each =
    first.blocksPerPoint === 1
      ? 'Each point is one block'
      : `Each point is the median of ${first.blocksPerPoint} blocks`
  const only = isMany ? ' The control alone is shown: what it moves by is noise.' : ''
  return markup`<section id="course"><h2>Over time</h2><p>${each}; vertical lines separate the rounds.${only} Beneath: CPU time that the hypervisor gave to others, and how often the generator’s threads were preempted.</p>${lossNote(view)}${renderLegend(first.series.map(({ style }) => style))}${figures}</section>`
}
