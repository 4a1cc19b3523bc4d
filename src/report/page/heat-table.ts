/** Every path in every headline metric, a cell each, the deeper in colour the greater the difference. */
import { shortNoun } from '../../record/metric-words.ts'
import { markup, type Html } from '../../page/escape.ts'
import { scrollBox } from '../../page/table.ts'
import { typeset } from '../../page/typeset.ts'
import { verdictMarks, verdictMarksMeaning } from '../../words/verdict-marks.ts'
import type { Finding, PathFindings } from '../view/verdicts.ts'

/** What a cell needs to know. */
export type HeatFinding = Pick<Finding, 'ratio' | 'verdict' | 'word' | 'change' | 'range'>

const depths = [0.02, 0.1, 0.3, 0.7]

/** From 1 to 5 by how far a ratio is from 1 on a log scale. */
const depthOf = ({ ratio: { estimate } }: HeatFinding): number =>
  1 + depths.filter((least) => Math.abs(Math.log(estimate)) >= least).length

const titleOf = ({ word, range }: HeatFinding): string => `${word}${range && `; 95 %: ${range}`}`

/** A cell of a table that tells of differences by colour. */
export const heatCell = (finding: HeatFinding | undefined): Html => {
  if (finding === undefined) return markup`<td>–</td>`
  const { verdict, word, change } = finding
  if (verdict === 'equivalent')
    return markup`<td class="n" title="${titleOf(finding)}"><span role="img" aria-label="equivalent">${verdictMarks[verdict]}</span></td>`
  if (verdict === 'inconclusive')
    return markup`<td class="n quiet" title="${titleOf(finding)}, ${change}"><span role="img" aria-label="${word}">${verdictMarks[verdict]}</span></td>`
  return markup`<td class="n heat-${verdict} heat-${depthOf(finding)}" title="${titleOf(finding)}">${typeset(change)} <span role="img" aria-label="${verdict}">${verdictMarks[verdict]}</span></td>`
}

/** Paths down, so that as many as there are have room; the first column stays in sight while the others scroll. */
export const renderHeatTable = (paths: readonly PathFindings[]): Html => {
  const metrics = [...new Set(paths.flatMap(({ findings }) => findings.map(({ metric }) => metric)))]
  const caption = `Change to the baseline in each metric: ${verdictMarksMeaning}`
  const row = ({ path, findings }: PathFindings): Html =>
    markup`<tr><th scope="row">${path}</th>${metrics.map((metric) => heatCell(findings.find((finding) => finding.metric === metric)))}</tr>`
  return scrollBox(
    caption,
    markup`<table class="frozen heat"><caption>${caption}</caption><thead><tr><th scope="col">Path</th>${metrics.map((metric) => markup`<th scope="col" class="n">${shortNoun(metric)}</th>`)}</tr></thead><tbody>${paths.map(row)}</tbody></table>`,
  )
}
