/** The trend of a scenario as one self-contained HTML page. */
import { markup, type Html } from '../page/escape.ts'
import { capitalised, formatCount, formatCountWord } from '../words/numbers.ts'
import { renderChartBreadths, renderPicture } from '../page/picture.ts'
import { pageShell } from '../page/shell.ts'
import { renderTable } from '../page/table.ts'
import { typeset } from '../page/typeset.ts'
import { chartView } from './page/chart-view.ts'
import { trendChart } from './page/chart.ts'
import { changeTable, conditionsTable, gapTable, levelTable, runTable } from './page/tables.ts'
import type { Trend, TrendSeries } from './findings.ts'
import { changeSentences, changeWords, instant, levelWords, noChangesWords, trendName } from './words.ts'

/** The whole document. */
export async function renderTrend(trend: Trend): Promise<string> {
  const { runs } = trend
  const scenario = trendName(trend)
  const figures: Html[] = []
  for (const series of trend.series) figures.push(await figureOf(series, trend))
  const headline = headlineOf(trend)
  const body = markup`<header><p class="eyebrow">${scenario}, ${formatCount(runs.length)} runs, ${instant(runs[0]!)} to ${instant(runs.at(-1)!)} UTC</p><h1>${headline}</h1></header><main>${changesSection(trend)}<section id="levels"><h2>Present level</h2>${renderTable(levelTable(trend))}</section><section id="courses"><h2>Courses</h2>${legend}${figures}</section>${gapsSection(trend)}${conditionsSection(trend)}${methodSection(trend)}</main><footer><p>Trend of ${scenario}. Made by pathbench.</p></footer>`
  return pageShell(`${scenario}: ${headline}`, body)
}

/** Changes of several series as near as this are one that all of them show. */
const sameChangeRuns = 2

function headlineOf(trend: Trend): string {
  const runs = trend.series.flatMap(({ changes }) => changes.map(({ run }) => run)).toSorted((a, b) => a - b)
  const last = runs.at(-1)
  if (last === undefined) return noChangesWords(trend)
  const count = runs.filter((run, index) => index === 0 || run - runs[index - 1]! > sameChangeRuns).length
  const day = instant(trend.runs[last]!).slice(0, 10)
  return count === 1
    ? `One change of level, on ${day}`
    : `${capitalised(formatCountWord(count))} changes of level, the latest on ${day}`
}

function changesSection(trend: Trend): Html | undefined {
  const table = changeTable(trend)
  if (table.rows.length === 0) return undefined
  const sentences = changeSentences(trend)
  return markup`<section id="changes"><h2>Changes</h2><ul class="plain">${sentences.map((sentence) => markup`<li>${typeset(sentence)}</li>`)}</ul>${renderTable(table)}</section>`
}

const legend = markup`<p>Each point is a run: its path’s change to the baseline path of the same run, with its 95 % interval. Heavy lines are levels, upright ones changes of level; diamonds are outliers. Dashed upright lines stand where a program, the scenario, the machine, a tool or the load changed; crosses at the foot are runs without a figure.</p>`

async function figureOf(series: TrendSeries, trend: Trend): Promise<Html> {
  const view = chartView(series, trend)
  return renderPicture({
    title: `${view.path}: ${view.noun}`,
    ...(view.runsPerPoint > 1 ? { subtitle: `A point is the median of ${view.runsPerPoint} runs.` } : {}),
    inWords: findingOf(series),
    drawing: await renderChartBreadths((breadth) => trendChart(view, breadth)),
    table: runTable(series, trend),
  })
}

function findingOf({ levels, changes, outliers }: TrendSeries): string {
  const changed =
    changes.length === 0
      ? 'No change of level.'
      : `Changes: ${changes.map((change) => `${changeWords(change)} from ${instant(change).slice(0, 10)}`).join('; ')}.`
  return `Now at ${levelWords(levels.at(-1)!)}. ${changed} ${outliers.length === 1 ? '1 outlier' : `${outliers.length} outliers`}.`
}

function gapsSection(trend: Trend): Html | undefined {
  const table = gapTable(trend)
  if (table.rows.length === 0) return undefined
  return markup`<section id="gaps"><h2>Runs without a figure</h2>${renderTable(table)}</section>`
}

function conditionsSection(trend: Trend): Html | undefined {
  const table = conditionsTable(trend)
  if (table.rows.length === 0) return undefined
  return markup`<section id="conditions"><h2>Conditions</h2><p>A change of level at the same run may have its cause here.</p>${renderTable(table)}</section>`
}

const methodSection = ({ level }: Trend): Html =>
  markup`<section id="method"><h2>Method</h2><p>After every run, the latest runs since the last change are split where the two sides differ most in level (E-divisive, Matteson and James 2014, with sample variances), and the split is tested against random orders of the same runs, each with its own best split. It counts at p ≤ ${level.toPrecision(2)}, so that 1,000 runs of this scenario in which nothing changes have one false change at most, on average, over all metrics and paths together. Values far out are drawn in first, and where neighbouring runs are alike more is asked for. What later runs do not bear out is taken back. The second opinion groups runs so that they are described in the fewest bits, as jumpavg of FD.io CSIT does. An outlier lies more than five times the spread of the runs around it from their median.</p></section>`
