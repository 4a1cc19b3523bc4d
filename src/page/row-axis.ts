/** The axis that the rows of a chart share: places along it are percents of its length, so that it fits any page. */
import { linearTicks, logTicks } from './ticks.ts'

export interface RowAxis {
  readonly low: number
  readonly high: number
  readonly isLog: boolean
  readonly ticks: readonly { readonly at: number; readonly label: string }[]
  /** What the numbers are, beneath them. */
  readonly title?: string
}

interface AxisWords {
  readonly label: (value: number) => string
  readonly title?: string
  /** About so many marks; 5 have room on a telephone. */
  readonly count?: number
}

/** Logarithmic from a decade on, where all of it is above 0. */
export const spansDecade = (low: number, high: number): boolean => low > 0 && high / low >= 10

export function rowAxis(
  low: number,
  high: number,
  { label, title, count = 5 }: AxisWords,
  isLog = spansDecade(low, high),
): RowAxis {
  const ticks = isLog ? logTicks(low, high, count) : linearTicks(low, high, count)
  return {
    low,
    high,
    isLog,
    ticks: ticks.map((at) => ({ at, label: label(at) })),
    ...(title === undefined ? {} : { title }),
  }
}

/** From 0 to 100; what lies beyond the axis is at its end. */
export function placeOn({ low, high, isLog }: RowAxis, value: number): number {
  const within = Math.min(high, Math.max(low, value))
  const share = isLog ? Math.log(within / low) / Math.log(high / low) : (within - low) / (high - low || 1)
  return Math.round(share * 1000) / 10
}
