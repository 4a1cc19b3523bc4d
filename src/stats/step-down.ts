/** Many tests at once, without one of them being significant by chance. */

/** One of several that are tested: whether it is significant at a confidence. */
export interface Tested {
  readonly isSignificantAt: (confidence: number) => boolean
}

/**
 * Those of `tested` that are significant when all are looked at together: the chance that any of them is so by chance
 * stays at that of one alone. Each has to be so at the confidence that as many as are left ask for; where some are,
 * fewer are left, and the others are looked at again.
 *
 * This is Holm's procedure, put in terms of intervals (Holm 1979, "A simple sequentially rejective multiple
 * test procedure", Scand. J. Stat. 6).
 *
 * @param confidence of one alone
 */
export const significant = <Item extends Tested>(
  tested: readonly Item[],
  confidence: number,
): ReadonlySet<Item> => {
  const found = new Set<Item>()
  for (;;) {
    const left = tested.filter((one) => !found.has(one))
    const asked = confidenceFor(left.length, confidence)
    const next = left.filter(({ isSignificantAt }) => isSignificantAt(asked))
    if (next.length === 0) return found
    for (const one of next) found.add(one)
  }
}

/** The confidence that each of `count` tests has to reach, that all together have `confidence` (Bonferroni). */
export const confidenceFor = (count: number, confidence: number): number =>
  1 - (1 - confidence) / Math.max(1, count)
