/** Every comparison in a sentence, the control's verdict, and what to know before believing them. */
import { markup, type Html } from '../../page/escape.ts'
import { smallStrip } from '../page/interval-strip.ts'
import { typeset } from '../../page/typeset.ts'
import { renderHeatTable } from '../page/heat-table.ts'
import { renderVerdictGrid, verdictMark } from '../page/verdict-grid.ts'
import type { ReportView } from '../view.ts'
import type { Finding, Notice, PathFindings } from '../view/verdicts.ts'

const findingItem = (finding: Finding, findings: readonly Finding[]): Html =>
  markup`<li>${verdictMark(finding)}<p>${typeset(finding.sentence)}</p>${smallStrip(finding, findings)}</li>`

const toldList = (told: readonly Finding[]): Html | undefined =>
  told.length === 0
    ? undefined
    : markup`<ul class="findings">${told.map((finding) => findingItem(finding, told))}</ul>`

const findingsList = ({ path, title, told, untold }: PathFindings): Html =>
  markup`<p class="quiet">${path}: ${title}</p>${toldList(told)}${untold && markup`<p class="note">${untold}</p>`}`

const card = (findings: PathFindings): Html =>
  markup`<article class="card"><h3>${typeset(findings.headline)}</h3>${findingsList(findings)}</article>`

const foldedCard = (findings: PathFindings): Html =>
  markup`<details class="card"><summary><h3>${typeset(findings.headline)}</h3></summary>${findingsList(findings)}</details>`

/** With many paths, one fold for all. */
const foldedCards = (all: readonly PathFindings[]): Html =>
  markup`<details><summary>Every path in sentences</summary>${stripNote}${all.map(card)}</details>`

const noticeText = (texts: readonly string[]): Html =>
  texts.length === 1
    ? markup`<p>${texts.map(typeset)}</p>`
    : markup`<ul class="plain">${texts.map((text) => markup`<li>${typeset(text)}</li>`)}</ul>`

const diagnosisList = (lines: readonly string[]): Html =>
  markup`<p class="quiet">Where its packets went, and what is likely:</p><ul class="diagnosis">${lines.map((line) => markup`<li>${typeset(line)}</li>`)}</ul>`

const noticeBox = ({ kind, title, texts, diagnosis }: Notice): Html =>
  markup`<div class="notice notice-${kind}"><h3>${title}</h3>${noticeText(texts)}${diagnosis && diagnosisList(diagnosis)}</div>`

const noticeBoxes = (notices: readonly Notice[]): Html | undefined =>
  notices.length === 0 ? undefined : markup`<div class="notices">${notices.map(noticeBox)}</div>`

/** The page's headline may be the only candidate's, and is not said twice. */
const candidateCard = (findings: PathFindings, headline: string): Html =>
  card(
    findings.headline === headline
      ? { ...findings, headline: `${findings.path}, metric by metric` }
      : findings,
  )

const stripNote = markup`<p class="note">Each small drawing shows the ratio to the baseline with its interval; the band is the margin within which two paths count as equivalent.</p>`

/** What is missing stands before the sentences, warnings after them. Several candidates' sentences fold. */
export const verdictsSection = ({
  notices,
  candidates,
  controls,
  verdictGrid,
  headline,
  warnings,
  isMany,
}: ReportView): Html => {
  const cards = isMany
    ? [renderHeatTable([...candidates, ...controls]), foldedCards([...candidates, ...controls])]
    : verdictGrid
      ? [renderVerdictGrid(verdictGrid), ...[...candidates, ...controls].map(foldedCard)]
      : [...candidates.map((findings) => candidateCard(findings, headline)), ...controls.map(card)]
  return markup`<section id="verdicts"><h2>Verdicts</h2>${noticeBoxes(notices)}${cards}${isMany ? undefined : stripNote}${noticeBoxes(warnings)}</section>`
}
