/** The figures that a gate is about, each with what is known of it and what is demanded. */
import type { RatioInterval } from '../across/log-estimate.ts'
import type { Comparator } from './rule.ts'

/** What a run knows of a figure. */
export type Evidence =
  | {
      readonly state: 'measured'
      /** The figure's interval at a confidence, in its own unit. */
      readonly interval: (confidence: number) => RatioInterval
      /**
       * Factor, 1 or more, by which the baseline path differs from itself in this figure at the least, as
       * the control shows: a breach has to exceed that.
       */
      readonly controlFactor: number
      /** Share of the interval's squared width that is this run's own, and shrinks if it is longer. */
      readonly ownShare: number
    }
  /** `isBreach`: nothing is known because a path did not do what it says. */
  | { readonly state: 'lacking'; readonly reason: string; readonly isBreach: boolean }

export interface Figure {
  readonly path: string
  readonly metric: string
  /** `change`: against another run, or another version in the same run. */
  readonly kind: 'ratio' | 'level' | 'change'
  readonly unit: string
  readonly comparator: Comparator
  /** In the figure's own unit; a ratio for `ratio` and `change`. */
  readonly limit: number
  readonly evidence: Evidence
}

/** Whether a value is on the right side of the limit. */
export const isWithin = (
  value: number,
  { comparator, limit }: Pick<Figure, 'comparator' | 'limit'>,
): boolean => (comparator === '>=' ? value >= limit : value <= limit)
