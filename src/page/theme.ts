/** What all charts share: quiet axes, colours that follow the page's light or dark. */
import type { Config } from 'vega-lite'
import { colour } from './palette.ts'

export const chartConfig: Config = {
  background: 'transparent',
  padding: { left: 2, right: 2, top: 4, bottom: 2 },
  view: { stroke: null },
  aria: false,
  mark: { aria: false },
  axis: {
    labelColor: colour('quiet'),
    titleColor: colour('quiet'),
    gridColor: colour('rule'),
    domainColor: colour('rule'),
    tickColor: colour('rule'),
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    labelPadding: 5,
    titlePadding: 8,
  },
}

/** An axis label with its sign, in Vega's expression language; zero has none. */
export const signedExpression =
  "datum.value === 0 ? '0' : format(datum.value, abs(datum.value) >= 1000 ? '+~s' : '+~g')"

/** A chart wide enough for a page, or for a telephone held upright. */
export type Breadth = 'wide' | 'narrow'

/** An axis label with its sign; zero has none. */
export const signedLabel = (value: number): string =>
  value === 0 ? '0' : `${value > 0 ? '+' : '−'}${String(Math.abs(value))}`

/** `10.0 µs` reads as `10 µs` on an axis. */
export const axisLabel = (text: string): string => text.replace(/\.0+(?= )|(?<=\.\d)0+(?= )/, '')
