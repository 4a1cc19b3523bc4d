/** Ratios with their intervals against the band of equivalence, as small drawings. */
import { markup, type Html } from '../../page/escape.ts'
import type { Breadth } from '../../page/theme.ts'
import { formatMargin } from '../../words/numbers.ts'
import { colour, verdictColour } from '../../page/palette.ts'
import type { RowAxis } from '../../page/row-axis.ts'
import { drawnRatio, renderRows } from '../../page/row-chart.ts'
import { axisSpanOf } from '../view/axis-span.ts'
import type { Finding } from '../view/verdicts.ts'

/** What a drawing needs of a finding. */
export type Drawn = Pick<Finding, 'verdict' | 'ratio' | 'margin'>

interface Scale {
  readonly width: number
  readonly at: (ratio: number) => number
}

const endsOf = ({ ratio: { estimate, low, high }, margin }: Drawn): number[] => [
  low ?? estimate,
  high ?? estimate,
  1 - 2 * margin,
  1 + 2 * margin,
]

/** Wide enough for intervals, margins and 1, with some air on both sides. */
const domainOf = (findings: readonly Drawn[]): { from: number; to: number } => {
  const ends = findings.map(endsOf)
  const span = axisSpanOf(ends.map((each) => Math.max(...each.map((end) => Math.abs(end - 1)))))
  const least = Math.max(1 - span, Math.min(...ends.flat()))
  const most = Math.min(1 + span, Math.max(...ends.flat()))
  const space = (most - least) * 0.06 || 0.01
  return { from: least - space, to: most + space }
}

/** What lies beyond the domain ends at the edge. */
const scaleFor = (findings: readonly Drawn[], width: number): Scale => {
  const { from, to } = domainOf(findings)
  const clamp = (value: number): number => Math.min(to, Math.max(from, value))
  return { width, at: (value) => Math.round(((clamp(value) - from) / (to - from)) * width * 10) / 10 }
}

const bandAndLine = ({ margin }: Drawn, { at }: Scale, top: number, height: number): Html => {
  const left = at(1 / (1 + margin))
  return markup`<rect x="${left}" y="${top}" width="${(at(1 + margin) - left).toFixed(1)}" height="${height}" fill="${colour('band')}"/><line x1="${at(1)}" x2="${at(1)}" y1="${top}" y2="${top + height}" stroke="${colour('quiet')}"/>`
}

const point = (finding: Drawn, { at }: Scale, y: number, size: number): Html => {
  const { estimate, low, high } = finding.ratio
  const paint = colour(verdictColour(finding.verdict))
  const whisker =
    low !== null &&
    high !== null &&
    markup`<line x1="${at(low)}" x2="${at(high)}" y1="${y}" y2="${y}" stroke="${paint}" stroke-width="${size * 0.9}" stroke-linecap="round" opacity="0.45"/>`
  return markup`${whisker || undefined}<circle cx="${at(estimate)}" cy="${y}" r="${size}" fill="${paint}"/>`
}

/** For a row of a list, on the scale of all of `findings`; what it shows stands beside it in words. */
export const smallStrip = (finding: Drawn, findings: readonly Drawn[]): Html => {
  const scale = scaleFor(findings, 152)
  return markup`<svg class="strip" viewBox="0 0 152 20" aria-hidden="true">${bandAndLine(finding, scale, 1, 18)}${point(finding, scale, 10, 4.5)}</svg>`
}

const stripWidths = { wide: 720, narrow: 350 }

/** A longer name would not fit beneath the line. */
const longestBaseline = 24

/** Below the page's headline, with the baseline and the change labelled. */
export const largeStrip = (
  finding: Drawn & Pick<Finding, 'change'>,
  baseline: string,
  breadth: Breadth,
): Html => {
  const width = stripWidths[breadth]
  const scale = scaleFor([finding], width)
  const near = scale.at(finding.ratio.estimate)
  const one = scale.at(1)
  const side = (x: number): string => (x < 80 ? 'start' : x > width - 80 ? 'end' : 'middle')
  const yardstick = baseline.length > longestBaseline ? 'baseline' : baseline
  return markup`<svg class="strip" viewBox="0 0 ${width} 92" aria-hidden="true">${bandAndLine(finding, scale, 28, 40)}<line x1="0" x2="${width}" y1="48" y2="48" stroke="${colour('rule')}"/>${point(finding, scale, 48, 8)}<text class="strip-value" x="${near}" y="20" text-anchor="${side(near)}">${finding.change}</text><text x="${one}" y="86" text-anchor="${side(one)}">${yardstick}, ${formatMargin(finding.margin)}</text></svg>`
}

/** Of all that is drawn, wide enough for each; what lies beyond a wild one's neighbours ends at the edge. */
const stripAxis = (findings: readonly Drawn[]): RowAxis => {
  const { from, to } = domainOf(findings)
  return { low: from, high: to, isLog: false, ticks: [] }
}

/** One row for each of several paths, on one scale. */
export const candidateStrips = (findings: readonly (Finding & { readonly path: string })[]): Html => {
  const axis = stripAxis(findings)
  return renderRows(
    findings.map((finding) => {
      const { path, change, range, margin, ratio } = finding
      const band = { low: 1 / (1 + margin), high: 1 + margin }
      return {
        name: path,
        drawing: drawnRatio(axis, { ratio, band, paint: colour(verdictColour(finding.verdict)) }),
        value: change,
        range,
      }
    }),
  )
}
