/** Verdicts with their marks, one or a whole grid of them. */
import { markup, type Html } from '../../page/escape.ts'
import type { VerdictGrid } from '../view/verdict-grid.ts'
import type { Finding } from '../view/verdicts.ts'
import { verdictMeanings } from '../../words/sentences.ts'
import { verdictMarks } from '../../words/verdict-marks.ts'
import { capitalised } from '../../words/numbers.ts'
import { scrollBox } from '../../page/table.ts'
import { typeset } from '../../page/typeset.ts'

/** A verdict's word and mark. */
export const verdictMark = ({ verdict, word }: Pick<Finding, 'verdict' | 'word'>): Html => {
  const meaning = word === verdict ? verdictMeanings[verdict] : 'the sentence says why'
  return markup`<span class="verdict verdict-${verdict}" title="${meaning}"><span aria-hidden="true">${verdictMarks[verdict]}</span> <span class="verdict-word">${word}</span></span>`
}

const cell = (finding: Finding | undefined): Html =>
  finding
    ? markup`<td>${verdictMark(finding)}<br><span title="95 %: ${finding.range}">${typeset(finding.change)}</span>${finding.mark && markup`<br><span class="quiet">${typeset(finding.mark)}</span>`}</td>`
    : markup`<td>not compared</td>`

const pathHead = ({ name, against }: VerdictGrid['paths'][number]): Html =>
  markup`<th scope="col">${name}${against === undefined ? undefined : markup`<br><span class="quiet">against ${against}</span>`}</th>`

/** The grid as a table in a box that scrolls, its first column staying in sight. */
export const renderVerdictGrid = ({ caption, paths, rows }: VerdictGrid): Html =>
  scrollBox(
    'Verdicts at a glance',
    markup`<table class="verdict-grid"><caption>${caption}</caption><thead><tr><th scope="col">Metric</th>${paths.map(pathHead)}</tr></thead><tbody>${rows.map(({ noun, cells }) => markup`<tr><th scope="row">${capitalised(noun)}</th>${cells.map(cell)}</tr>`)}</tbody></table>`,
  )
