/** Several runs beside each other as one self-contained HTML page. */
import type { NamedRun } from '../across/changes.ts'
import { type ChangeVerdict, type CompareView, compareView, type RunChanges } from './compare-view.ts'
import { markup, type Html } from '../page/escape.ts'
import { formatMargin } from '../words/numbers.ts'
import { smallStrip } from './page/interval-strip.ts'
import { pageShell } from '../page/shell.ts'
import { renderTable, renderTableBehind } from '../page/table.ts'
import { typeset } from '../page/typeset.ts'
import { verdictMarks } from '../words/verdict-marks.ts'

const item = (one: ChangeVerdict, all: readonly ChangeVerdict[]): Html => {
  const { noun, words, verdict, text } = one
  return markup`<li><span class="verdict verdict-${verdict}"><span aria-hidden="true">${verdictMarks[verdict]}</span> ${typeset(words)}</span><p>${noun}: ${typeset(text)}</p>${smallStrip(one, all)}</li>`
}

const list = (title: string, lines: readonly string[]): Html | undefined =>
  lines.length === 0
    ? undefined
    : markup`<div class="notices"><div class="notice notice-skipped"><h3>${title}</h3><ul class="plain">${lines.map((line) => markup`<li>${typeset(line)}</li>`)}</ul></div></div>`

const optionList = (options: readonly string[]): Html | undefined =>
  options.length === 0
    ? undefined
    : markup`<details><summary>All ${options.length} options of the kernel that differ</summary><ul class="plain">${options.map((line) => markup`<li>${line}</li>`)}</ul></details>`

const card = (
  { headline, paths, missing, caveats, notCompared, differences, options }: RunChanges,
  first: string,
): Html =>
  markup`<article class="card"><h3>${typeset(headline)}</h3>${paths.map(({ path, verdicts }) => markup`<p class="quiet">${path}</p><ul class="findings">${verdicts.map((one) => item(one, verdicts))}</ul>`)}${list('Missing now', missing)}${list('Not compared', notCompared)}${list('Noise', caveats)}${list(`Different from ${first}, and so a possible cause`, differences)}${optionList(options)}${differences.length === 0 ? markup`<p class="note">Machine, kernel, tools, programs, scenario and load are the same.</p>` : undefined}</article>`

const changesSection = ({ changes, first }: CompareView): Html =>
  markup`<section id="changes"><h2>Changes</h2>${changes.map((one) => card(one, first))}<p class="note">Each small drawing shows the ratio of the two runs’ ratios with its 95 % interval; the band is the margin within which they count as the same.</p></section>`

const methodSection = (margin: number): Html =>
  markup`<section id="method"><h2>Method</h2><dl class="steps"><dt>Ratio</dt><dd>Within each run a path is compared with that run’s own baseline path, block by block. How fast the machine was is in both, and so not in their ratio: runs of different days and machines can be set beside each other.</dd><dt>Change</dt><dd>The ratio in a run divided by that in the first. Its interval adds the distances to the ends of both intervals in quadrature on the log scale (Zou, Donner 2008), and 0.2 % for each run by which ratios drift from run to run.</dd><dt>Words</dt><dd>Changed: the whole interval lies beyond ${typeset(formatMargin(margin))}, and beyond what the controls of the two runs differ from their baselines. Over all headline metrics of all candidates and runs it is corrected after Holm. Same: the whole interval lies within. Not decided: anything else.</dd></dl></section>`

/**
 * The page of a comparison.
 *
 * @param runs two or more of one scenario
 * @param margin half-width of the band within which ratios count as the same
 */
export const renderCompare = (runs: readonly NamedRun[], margin: number): string => {
  const view = compareView(runs, margin)
  const sections = [
    ['changes', 'Changes'],
    ['ratios', 'Ratios'],
    ['runs', 'Runs'],
    ['method', 'Method'],
  ] as const
  const contents = markup`<nav aria-label="Contents"><ul>${sections.map(([id, title]) => markup`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>`
  const body = markup`<header><p class="eyebrow">${view.scenario}</p><h1>${typeset(view.headline)}</h1><p class="lead">${typeset(view.title)}.</p></header>${contents}<main>${changesSection(view)}<section id="ratios"><h2>Ratios</h2>${renderTable(view.headlineRatios)}${renderTableBehind('Every metric', view.allRatios)}</section><section id="runs"><h2>Runs</h2>${renderTable(view.runs)}</section>${methodSection(margin)}</main><footer><p>Made by pathbench.</p></footer>`
  return pageShell(`${view.scenario}: ${view.headline}`, body)
}
