/** The page's first screen: the finding, its interval, and what run it is from. */
import { markup, type Html } from '../escape.ts'
import { renderBreadths } from '../page/figure.ts'
import { largeStrip } from '../page/interval-strip.ts'
import { typeset } from '../page/typeset.ts'
import type { ReportView } from '../view.ts'

/** Headline, sentence and drawing of the first candidate's first metric. */
export const openingSection = (view: ReportView): Html => {
  const { scenario, title, headline, startedAt, kernel, candidates, legend } = view
  const lead = candidates[0]
  const finding = lead?.findings[0]
  const baseline = legend.find(({ role }) => role === 'baseline')?.name ?? 'baseline'
  return markup`<header><p class="eyebrow">${scenario} · ${startedAt} · Linux ${kernel}</p><h1>${typeset(headline)}</h1><p class="lead">${finding ? typeset(finding.sentence) : `${title}.`}</p>${lead && finding ? markup`<div role="img" aria-label="${finding.sentence}">${renderBreadths(largeStrip(finding, lead.path, baseline, 'wide'), largeStrip(finding, lead.path, baseline, 'narrow'))}</div>` : undefined}</header>`
}
