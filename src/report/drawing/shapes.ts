/** The shapes of a topology drawing, in units of the drawing. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Point {
  readonly x: number
  readonly y: number
}

export const topOf = ({ x, y, width }: Box): Point => ({ x: x + width / 2, y })
export const bottomOf = ({ x, y, width, height }: Box): Point => ({ x: x + width / 2, y: y + height })
export const deviceUnderTestOf = ({ x, y, width, height }: Box): Point => ({
  x: x + width / 2,
  y: y + height / 2,
})

/** A curve that leaves and arrives vertically. */
export const verticalCurve = (from: Point, to: Point): string => {
  if (from.x === to.x) return `V${to.y}`
  const middle = (from.y + to.y) / 2
  return `C${from.x} ${middle} ${to.x} ${middle} ${to.x} ${to.y}`
}

/** Lines down, aside to `laneX`, down again and back: round whatever stands between two boxes. */
export const detour = (from: Point, to: Point, laneX: number, reach: number): string =>
  `V${from.y + reach}H${laneX}V${to.y - reach}H${to.x}V${to.y}`
