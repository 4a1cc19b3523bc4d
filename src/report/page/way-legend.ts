/** What the lines of the topology drawings mean. */
import { markup, type Html } from '../../page/escape.ts'
import { colour } from '../../page/palette.ts'

interface Line {
  readonly direction: 'request' | 'reply'
  readonly isLikewise: boolean
}

const swatch = (kind: string): Html =>
  markup`<svg class="topology-swatch topology" width="34" height="8" viewBox="0 0 34 8" aria-hidden="true" style="--way:${colour('ink')}"><path class="way ${kind}" d="M1 4H33"/></svg>`

const item = (kind: string, words: string): Html => markup`<li>${swatch(kind)}<span>${words}</span></li>`

/** Nothing where all lines are of one kind, and need no words. */
export const renderWayLegend = (lines: readonly Line[]): Html | undefined => {
  const hasReply = lines.some(({ direction }) => direction === 'reply')
  const hasLikewise = lines.some(({ isLikewise }) => isLikewise)
  if (!hasReply && !hasLikewise) return undefined
  return markup`<ul class="legend" aria-label="Lines">${item('', 'request')}${hasReply ? item('way-reply', 'reply; where there is none it takes the request’s way back') : undefined}${hasLikewise ? item('way-likewise', 'another server’s, alike') : undefined}</ul>`
}
