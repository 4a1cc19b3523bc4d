/** One ratio with its interval against the band of equivalence, as a small drawing. */
import { markup, type Html } from '../../page/escape.ts'
import type { Breadth } from '../../page/theme.ts'
import { fitText } from '../../page/fit-text.ts'
import { formatMargin } from '../../words/numbers.ts'
import { colour, type ColourName } from '../../page/palette.ts'
import { reachOf } from '../view/reach.ts'
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

/** Wide enough for intervals, margins and 1, with some air on both sides; what lies beyond ends at the edge. */
const scaleFor = (findings: readonly Drawn[], width: number): Scale => {
  const ends = findings.map(endsOf)
  const reach = reachOf(ends.map((each) => Math.max(...each.map((end) => Math.abs(end - 1)))))
  const least = Math.max(1 - reach, Math.min(...ends.flat()))
  const most = Math.min(1 + reach, Math.max(...ends.flat()))
  const space = (most - least) * 0.06 || 0.01
  const [from, to] = [least - space, most + space]
  const clamp = (value: number): number => Math.min(to, Math.max(from, value))
  return { width, at: (value) => Math.round(((clamp(value) - from) / (to - from)) * width * 10) / 10 }
}

const verdictColour = ({ verdict }: Drawn): ColourName =>
  verdict === 'faster' ? 'better' : verdict === 'slower' ? 'worse' : 'quiet'

const bandAndLine = ({ margin }: Drawn, { at }: Scale, top: number, height: number): Html => {
  const left = at(1 / (1 + margin))
  return markup`<rect x="${left}" y="${top}" width="${(at(1 + margin) - left).toFixed(1)}" height="${height}" fill="${colour('band')}"/><line x1="${at(1)}" x2="${at(1)}" y1="${top}" y2="${top + height}" stroke="${colour('quiet')}"/>`
}

const point = (finding: Drawn, { at }: Scale, y: number, size: number): Html => {
  const { estimate, low, high } = finding.ratio
  const paint = colour(verdictColour(finding))
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

/** Below the page's headline, with the baseline and the change labelled. */
export const largeStrip = (finding: Finding, path: string, baseline: string, breadth: Breadth): Html => {
  const width = stripWidths[breadth]
  const scale = scaleFor([finding], width)
  const near = scale.at(finding.ratio.estimate)
  const one = scale.at(1)
  const side = (x: number): string => (x < 60 ? 'start' : x > width - 60 ? 'end' : 'middle')
  return markup`<svg class="strip" viewBox="0 0 ${width} 92" aria-hidden="true">${bandAndLine(finding, scale, 28, 40)}<line x1="0" x2="${width}" y1="48" y2="48" stroke="${colour('rule')}"/>${point(finding, scale, 48, 8)}<text class="strip-value" x="${near}" y="20" text-anchor="${side(near)}">${fitText(path, 160, 8)} ${finding.change}</text><text x="${one}" y="86" text-anchor="${side(one)}">${fitText(baseline, 160, 7)}, ${formatMargin(finding.margin)}</text></svg>`
}

const rowHeight = 34
const nameCharacter = 7.8
/** Names stand left of a row, or above it where there is no room. */
const rowShapes = {
  wide: { nameWidth: 130, plot: 400, height: rowHeight },
  narrow: { nameWidth: 0, plot: 350, height: rowHeight + 20 },
}

/** One row for each of several paths, on one scale, and the baseline named beneath. */
export const candidateStrips = (
  findings: readonly (Finding & { readonly path: string })[],
  baseline: string,
  breadth: Breadth,
): Html => {
  const { nameWidth, plot, height } = rowShapes[breadth]
  const width = stripWidths[breadth]
  const scale = scaleFor(findings, plot)
  const y = height - rowHeight / 2
  const rows = findings.map((finding, index) => {
    const name = fitText(finding.path, 130, nameCharacter)
    const value = finding.range ? `${finding.change} (${finding.range})` : finding.change
    const textY = breadth === 'wide' ? y + 4.5 : 14
    const valueX = breadth === 'wide' ? nameWidth + plot + 14 : width
    return markup`<g transform="translate(0 ${index * height})"><g transform="translate(${nameWidth} 0)">${bandAndLine(finding, scale, y - rowHeight / 2, rowHeight)}${point(finding, scale, y, 6)}</g><text class="strip-value" x="0" y="${textY}">${name}</text><text class="strip-figure" x="${valueX}" y="${textY}"${breadth === 'narrow' ? markup` text-anchor="end"` : undefined}>${value}</text></g>`
  })
  const bottom = findings.length * height
  const one = nameWidth + scale.at(1)
  return markup`<svg class="strip" viewBox="0 0 ${width} ${bottom + 18}" aria-hidden="true">${rows}<text x="${one}" y="${bottom + 15}" text-anchor="${one < 60 ? 'start' : 'middle'}">${fitText(baseline, 160, 7)}</text></svg>`
}
