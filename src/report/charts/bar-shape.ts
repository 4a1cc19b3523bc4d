/** Where names, bars and values stand in a chart of horizontal bars that fits a telephone. */

/** A character of 13 pixels is about this wide in most system fonts. */
export const nameCharacter = 7.4

/** Room right of the bars for a value. */
export const valueWidth = 88

const plotAndName = 308
const leastNameWidth = 60
const mostNameWidth = 150
const besideName = 8

export interface BarShape {
  readonly nameWidth: number
  /** Room for a name's text. */
  readonly textWidth: number
  readonly plot: number
}

/** The shape for some names: what they do not need is the bars'. */
export const barShape = (names: readonly string[]): BarShape => {
  const longest = Math.ceil(Math.max(...names.map(({ length }) => length)) * nameCharacter)
  const nameWidth = Math.min(mostNameWidth, Math.max(leastNameWidth, longest + besideName))
  return { nameWidth, textWidth: nameWidth - besideName, plot: plotAndName - nameWidth }
}
