/** What was estimated, compared and proved. */
import { z } from 'zod'
import { count } from '../../parts/figures.ts'

/** A point with its 95 % interval. `low` and `high` are null where n is too small for one. */
export const estimateSchema = z.object({
  estimate: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** How the interval was computed. */
  method: z.string(),
  /** Number of values it rests on. */
  n: count,
})

export const verdictSchema = z.enum(['faster', 'slower', 'equivalent', 'inconclusive'])

export const comparisonSchema = z.object({
  path: z.string(),
  baseline: z.string(),
  metric: z.string(),
  unit: z.string(),
  /** path / baseline, in the metric's own unit. */
  ratio: estimateSchema.extend({ confidence: z.number() }),
  /** How likely chance alone would put the ratio as far from 1; null where there are too few blocks. */
  pValue: z.number().nullable(),
  /** By which test, and over what. */
  pValueMethod: z.string().optional(),
  /** Holm-adjusted over the headline metrics of all candidates; null for other comparisons. */
  adjustedPValue: z.number().nullable(),
  /** Half-width of the band of equivalence that the verdict was taken with, as a ratio: 0.01 is 1 %. */
  margin: z.number(),
  verdict: verdictSchema,
  /** Why no verdict is given whatever the interval says, in words; the verdict is then `inconclusive`. */
  withheld: z.string().optional(),
  /**
   * What kind of reason that is. `work-moved` and `undelivered`: the ratio is not what it says. `one-round`: its interval is not.
   * `lost-segments`: TCP had more to make up for than on the other path. `control`: two paths cannot be called equal. `other-run`: a second run says otherwise. `emulated`: the kernel's timings mean nothing.
   */
  withheldFor: z
    .enum(['work-moved', 'undelivered', 'lost-segments', 'one-round', 'control', 'other-run', 'emulated'])
    .optional(),
})

export const proofSchema = z.object({
  /** In words, e.g. `netns-2 Ip.ForwDatagrams per delivered packet`. */
  what: z.string(),
  expected: z.string(),
  observed: z.string(),
  holds: z.boolean(),
})

export type Estimate = z.infer<typeof estimateSchema>
export type Verdict = z.infer<typeof verdictSchema>
export type Comparison = z.infer<typeof comparisonSchema>
export type Proof = z.infer<typeof proofSchema>
