/** A soak as one self-contained HTML page. */
import { kernelRelease } from '../across/identity.ts'
import { markup, type Html } from '../page/escape.ts'
import { renderChartBreadths, renderPicture } from '../page/picture.ts'
import { pageShell } from '../page/shell.ts'
import { renderTable, renderTableBehind } from '../page/table.ts'
import { typeset } from '../page/typeset.ts'
import type { Soak } from '../record/soak.ts'
import { renderLegend } from '../report/page/legend.ts'
import { type PathStyle, pathStyles } from '../report/view/path-style.ts'
import { formatInstant, formatRate } from '../words/numbers.ts'
import { roughTime, wallTime } from '../words/wall-time.ts'
import { courseChart } from './course-chart.ts'
import { soakSentences } from './sentences.ts'
import { pathsTable, stretchesTable } from './tables.ts'

/** The whole document. */
export async function renderSoak(soak: Soak): Promise<string> {
  const title = `${soak.scenario} at ${formatRate(soak.ratePps)} for ${roughTime(soak.timeS)}`
  const styles = pathStyles(soak.paths).filter(({ name }) => soak.stretches.some(({ path }) => path === name))
  const body = markup`<header><p class="eyebrow">${soak.title}</p><h1>${title}</h1><p class="quiet">UDP ${soak.payloadBytes} B, Linux ${kernelRelease(soak)}, ${formatInstant(soak.startedAt)}, ${wallTime(soak)}${soak.complete ? '' : '; ended early'}</p></header><main><section id="summary"><h2>What was found</h2>${renderTable(pathsTable(soak))}<ul class="plain">${soakSentences(soak).map((sentence) => markup`<li>${typeset(sentence)}.</li>`)}</ul></section><section id="course"><h2>Over time</h2>${renderLegend(styles)}${[await figureOf(soak, styles, 'p50Ns', 'Median delay'), await figureOf(soak, styles, 'p99Ns', '99th percentile of delay')]}</section><section id="stretches"><h2>Stretches</h2>${styles.map(({ name }) => renderTableBehind(name, stretchesTable(soak, name)))}</section>${methodSection}</main><footer><p>Soak ${soak.soakId}. Made by pathbench.</p></footer>`
  return pageShell(title, body)
}

async function figureOf(
  soak: Soak,
  styles: readonly PathStyle[],
  figure: 'p50Ns' | 'p99Ns',
  title: string,
): Promise<Html> {
  return renderPicture({
    title,
    inWords: `${title} of each path over time; the tables of stretches have the figures`,
    drawing: await renderChartBreadths((breadth) => courseChart(soak, styles, figure, breadth)),
    table: pathsTable(soak),
  })
}

const methodSection = markup`<section id="method"><h2>Method</h2><p>Paths take turns of a second in random order, each offered packets at the given rate. What was not sent by the end of a turn counts as lost. A stretch is a minute, of a soak of less than ten minutes a tenth of it, and longer where there would be too many, so that what is kept is bounded. Drift is the median slope between all pairs of stretches, with its 95 % interval (Sen 1968). The kernel’s memory is that of the whole machine.</p></section>`
