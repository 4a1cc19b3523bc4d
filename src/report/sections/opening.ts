/** The page's first screen: the finding, its interval, and what run it is from. */
import { markup, type Html } from '../../page/escape.ts'
import { renderBreadths } from '../../page/picture.ts'
import { candidateStrips, largeStrip } from '../page/interval-strip.ts'
import { typeset } from '../../page/typeset.ts'
import type { ReportView } from '../view.ts'

interface Lead {
  readonly sentence: string
  readonly drawing: Html | undefined
}

/** What stands beneath a headline that concludes nothing: why the first path has no figures, if none has. */
const reasonOf = ({ notices, title, candidates }: ReportView): string => {
  const reason = notices.find(({ kind }) => kind === 'invalid' || kind === 'skipped')
  return candidates.length > 0 || reason === undefined ? `${title}.` : reason.texts.join(' ')
}

const soleLead = (view: ReportView, baseline: string): Lead => {
  const lead = view.candidates[0]
  const finding = lead?.lead
  if (!lead || !finding) return { sentence: reasonOf(view), drawing: undefined }
  return {
    sentence: finding.sentence,
    drawing: renderBreadths((breadth) => largeStrip(finding, baseline, breadth)),
  }
}

/** Many stand in the table of all paths, which comes next. */
const manyLeads = (view: ReportView): Lead => ({ sentence: reasonOf(view), drawing: undefined })

const severalLeads = ({ leadFindings }: ReportView, baseline: string): Lead => ({
  sentence: `Change in ${leadFindings[0]?.noun ?? ''} to ${baseline}, with 95 % intervals:`,
  drawing: candidateStrips(leadFindings),
})

const leadFor = ({ isMany, leadFindings }: ReportView) =>
  isMany ? manyLeads : leadFindings.length > 1 ? severalLeads : soleLead

/** Headline, sentence and drawing of the candidates in the metric that stands first. */
export const openingSection = (view: ReportView): Html => {
  const { scenario, headline, startedAt, kernel, firstFacts, yardstick, leadFindings } = view
  const { sentence, drawing } = leadFor(view)(view, yardstick)
  const words = leadFindings.map((finding) => finding.sentence).join(' ')
  return markup`<header><p class="eyebrow">${scenario} · ${startedAt} · Linux ${kernel}</p><h1>${typeset(headline)}</h1><p class="lead">${typeset(sentence)}</p>${drawing && markup`<div role="img" aria-label="${words}">${drawing}</div>`}<ul class="facts">${firstFacts.map((fact) => markup`<li>${typeset(fact)}</li>`)}</ul></header>`
}
