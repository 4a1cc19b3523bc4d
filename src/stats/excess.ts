import type { Estimate } from './estimate.ts'
import { bootstrapInterval, type Resampling } from './bootstrap.ts'
import { resampledHodgesLehmann, type ResampledEstimator } from './hodges-lehmann.ts'
import { locate } from './locate.ts'

/** Values of one metric in one round, by block: the same place in the three lists is the same block. */
export interface FloorRound {
  readonly path: readonly number[]
  readonly baseline: readonly number[]
  readonly floor: readonly number[]
}

export interface Excess {
  /** path − floor. */
  readonly excess: Estimate
  /** (path − floor) / (baseline − floor); null where it is not asked for, or the baseline's excess may be 0. */
  readonly ratioToBaseline: Estimate | null
}

interface ExcessInput extends Resampling {
  readonly rounds: readonly FloorRound[]
  /** Whether the ratio is asked for, as it is unless told otherwise: it takes most of the time. */
  readonly hasRatio?: boolean
}

/** Resamples that show whether the baseline's excess may be 0. */
const roughResamples = 200

/** What path and baseline add to the floor in each block; blocks that lack one of the three are left out. */
const addedOf = ({ path, baseline, floor }: FloorRound): readonly { path: number; baseline: number }[] =>
  floor
    .map((least, block) => ({
      path: (path[block] ?? NaN) - least,
      baseline: (baseline[block] ?? NaN) - least,
    }))
    .filter((added) => Number.isFinite(added.path) && Number.isFinite(added.baseline))

/**
 * What a path costs beyond the floor, which no path can beat: the router's own cost, from values such
 * as nanoseconds a packet.
 *
 * The ratio is that of two Hodges–Lehmann estimates, both from the same resampled blocks, as what a
 * block's floor did moves both.
 *
 * @returns null where no block has all three values
 */
export const excessOverFloor = ({ rounds, hasRatio = true, ...resampling }: ExcessInput): Excess | null => {
  const added = rounds.map(addedOf)
  const excess = locate(
    added.map((round) => round.map(({ path }) => path)),
    resampling,
  )
  if (excess === null) return null
  if (!hasRatio) return { excess, ratioToBaseline: null }
  const baselineExcess = locate(
    added.map((round) => round.map(({ baseline }) => baseline)),
    { ...resampling, resamples: Math.min(roughResamples, resampling.resamples ?? roughResamples) },
  )
  if (baselineExcess === null) return null
  if (baselineExcess.low === null || baselineExcess.low <= 0) return { excess, ratioToBaseline: null }

  const ofPath = resampledHodgesLehmann(added.flat().map(({ path }) => path))
  const ofBaseline = resampledHodgesLehmann(added.flat().map(({ baseline }) => baseline))
  const ratio: ResampledEstimator = (multiplicities) => {
    const baseline = ofBaseline(multiplicities)
    return baseline > 0 ? ofPath(multiplicities) / baseline : Infinity
  }
  const { low, high, method } = bootstrapInterval(
    added.map((round) => round.length),
    ratio,
    resampling,
  )
  return {
    excess,
    ratioToBaseline: {
      estimate: excess.estimate / baselineExcess.estimate,
      low,
      high,
      method: `ratio of Hodges–Lehmann estimates; ${method}`,
      n: excess.n,
    },
  }
}
