/** Two sweeps beside each other as one self-contained HTML page. */
import { markup, type Html } from '../page/escape.ts'
import { pageShell } from '../page/shell.ts'
import { renderTable } from '../page/table.ts'
import { typeset } from '../page/typeset.ts'
import { formatMargin } from '../words/numbers.ts'
import type { ComparedSweeps } from './compared.ts'
import { changeSentences, headlineOf, notComparedSentences, pointsTable } from './compared-words.ts'

/** The whole document. */
export function renderComparedSweeps(compared: ComparedSweeps): string {
  const { scenario, title, first, second, differences, caveats, margin } = compared
  const headline = headlineOf(compared)
  const body = markup`<header><p class="eyebrow">${scenario}</p><h1>${typeset(headline)}</h1><p class="lead">${title}: from ${first} to ${second}.</p></header><main><section id="changes"><h2>Changes</h2>${list(changeSentences(compared))}${renderTable(pointsTable(compared, () => true))}</section>${section('differences', `Different from ${first}, and so a possible cause`, differences)}${section('not-compared', 'Not compared', notComparedSentences(compared))}${section(
    'noise',
    'Noise',
    caveats.map(({ point, words }) => `${point}: ${words}`),
  )}<section id="method"><h2>Method</h2><p>At every point a path is compared with the baseline of its own sweep; what is set beside each other are these ratios. Changed: the whole interval of the ratio of ratios lies beyond ${typeset(formatMargin(margin))}, and beyond what the controls differ by; corrected after Holm over the headline metrics of all candidates at all points. Same: the whole interval lies within.</p></section></main><footer><p>Made by pathbench.</p></footer>`
  return pageShell(`${scenario}: ${headline}`, body)
}

const list = (lines: readonly string[]): Html | undefined =>
  lines.length === 0
    ? undefined
    : markup`<ul class="plain">${lines.map((line) => markup`<li>${typeset(line)}</li>`)}</ul>`

const section = (id: string, title: string, lines: readonly string[]): Html | undefined =>
  lines.length === 0 ? undefined : markup`<section id="${id}"><h2>${title}</h2>${list(lines)}</section>`
