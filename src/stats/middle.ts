/** The middle one of several values: the median, or of an even number the greater of the two next to it. */
export const middleOf = (values: readonly number[]): number | undefined =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
