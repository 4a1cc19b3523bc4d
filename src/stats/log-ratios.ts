/** Values of one metric in one round, by block: the same place in both lists is the same block. */
export interface PairedRound {
  readonly baseline: readonly number[]
  readonly path: readonly number[]
}

const isUsable = (value: number | undefined): value is number =>
  value !== undefined && value > 0 && Number.isFinite(value)

/** log(path / baseline) of each block of a round; pairs without two positive finite values are left out. */
export const logRatiosOf = ({ baseline, path }: PairedRound): readonly number[] =>
  baseline.flatMap((below, block) => {
    const above = path[block]
    return isUsable(below) && isUsable(above) ? [Math.log(above / below)] : []
  })
