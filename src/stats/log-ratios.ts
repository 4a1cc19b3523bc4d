/** Values of one metric in one round, by block: the same place in both lists is the same block. */
export interface PairedRound {
  readonly baseline: readonly number[]
  readonly path: readonly number[]
}

const isUsable = (value: number | undefined): value is number =>
  value !== undefined && value > 0 && Number.isFinite(value)

/** log(path / baseline) of one block; NaN without two positive finite values. */
export const logRatio = (path: number | undefined, baseline: number | undefined): number =>
  isUsable(path) && isUsable(baseline) ? Math.log(path / baseline) : NaN

/** log(path / baseline) of each block of a round; pairs without two positive finite values are left out. */
export const logRatiosOf = ({ baseline, path }: PairedRound): readonly number[] =>
  baseline.flatMap((below, block) => {
    const ratio = logRatio(path[block], below)
    return Number.isNaN(ratio) ? [] : [ratio]
  })
