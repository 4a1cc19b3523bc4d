/** Many findings at once, without one of them being chance. */

/** A finding among others: whether it stands at a confidence. */
export interface Finding {
  readonly standsAt: (confidence: number) => boolean
}

/**
 * Those of `findings` that stand when all are looked at together: the chance that any of them is false stays at
 * that of one alone. Each has to stand at the confidence that as many findings as are left ask for;
 * where some do, fewer are left, and the others are looked at again.
 *
 * This is Holm's procedure, put in terms of intervals (Holm 1979, "A simple sequentially rejective multiple
 * test procedure", Scand. J. Stat. 6).
 *
 * @param confidence of one alone
 */
export const standing = <Item extends Finding>(
  findings: readonly Item[],
  confidence: number,
): ReadonlySet<Item> => {
  const found = new Set<Item>()
  for (;;) {
    const left = findings.filter((finding) => !found.has(finding))
    const asked = confidenceFor(left.length, confidence)
    const next = left.filter(({ standsAt }) => standsAt(asked))
    if (next.length === 0) return found
    for (const finding of next) found.add(finding)
  }
}

/** The confidence that each of `count` findings has to stand at, that all together have `confidence` (Bonferroni). */
export const confidenceFor = (count: number, confidence: number): number =>
  1 - (1 - confidence) / Math.max(1, count)
