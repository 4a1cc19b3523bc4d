/** What all charts share. */

/** A chart wide enough for a page, or for a telephone held upright. */
export type Breadth = 'wide' | 'narrow'

/** An axis label with its sign; zero has none. */
export const signedLabel = (value: number): string =>
  value === 0 ? '0' : `${value > 0 ? '+' : '−'}${String(Math.abs(value))}`

/** `10.0 µs` reads as `10 µs` on an axis. */
export const axisLabel = (text: string): string => text.replace(/\.0+(?= )|(?<=\.\d)0+(?= )/, '')
