/** What statistics come to, in words that records keep. */

/** A point with its 95 % interval. `low` and `high` are null where n is too small for one. */
export interface Estimate {
  readonly estimate: number
  readonly low: number | null
  readonly high: number | null
  /** How the interval was computed. */
  readonly method: string
  /** Number of values it rests on. */
  readonly n: number
}

/** A ratio, whose interval holds the truth with this confidence. */
export interface RatioEstimate extends Estimate {
  readonly confidence: number
}

export type Verdict = 'faster' | 'slower' | 'equivalent' | 'inconclusive'

/** Which way a metric gets better. */
export type Direction = 'higher' | 'lower'
