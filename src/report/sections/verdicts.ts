/** Every comparison in a sentence, the control's verdict, and what to know before believing them. */
import { markup, type Html } from '../escape.ts'
import { smallStrip } from '../page/interval-strip.ts'
import { typeset } from '../page/typeset.ts'
import type { Verdict } from '../../results/record.ts'
import type { ReportView } from '../view.ts'
import type { Finding, Notice, PathFindings } from '../view/verdicts.ts'
import { verdictMeanings } from '../words.ts'

const marks: Readonly<Record<Verdict, string>> = {
  faster: '▲',
  slower: '▼',
  equivalent: '≈',
  inconclusive: '?',
}

const verdictMark = (verdict: Verdict): Html =>
  markup`<span class="verdict verdict-${verdict}" title="${verdictMeanings[verdict]}"><span aria-hidden="true">${marks[verdict]}</span> ${verdict}</span>`

const findingItem = (finding: Finding, findings: readonly Finding[]): Html =>
  markup`<li>${verdictMark(finding.verdict)}<p>${typeset(finding.sentence)}</p>${smallStrip(finding, findings)}</li>`

const card = ({ path, title, headline, findings }: PathFindings): Html =>
  markup`<article class="card"><h3>${typeset(headline)}</h3><p class="quiet">${path}: ${title}</p><ul class="findings">${findings.map((finding) => findingItem(finding, findings))}</ul></article>`

const noticeText = (texts: readonly string[]): Html =>
  texts.length === 1
    ? markup`<p>${texts.map(typeset)}</p>`
    : markup`<ul class="plain">${texts.map((text) => markup`<li>${typeset(text)}</li>`)}</ul>`

const noticeBox = ({ kind, title, texts }: Notice): Html =>
  markup`<div class="notice notice-${kind}"><h3>${title}</h3>${noticeText(texts)}</div>`

const noticeBoxes = (notices: readonly Notice[]): Html | undefined =>
  notices.length === 0 ? undefined : markup`<div class="notices">${notices.map(noticeBox)}</div>`

/** The page's headline is the first candidate's, and is not said twice. */
const candidateCard = (findings: PathFindings, headline: string): Html =>
  card(
    findings.headline === headline
      ? { ...findings, headline: `${findings.path}, metric by metric` }
      : findings,
  )

/** What is missing stands before the sentences, warnings after them. */
export const verdictsSection = ({ notices, candidates, controls, headline, warnings }: ReportView): Html =>
  markup`<section id="verdicts"><h2>Verdicts</h2>${noticeBoxes(notices)}${candidates.map((findings) => candidateCard(findings, headline))}${controls.map(card)}<p class="note">Each small drawing shows the ratio to the baseline with its interval; the band is the margin within which two paths count as equivalent.</p>${noticeBoxes(warnings)}</section>`
