/**
 * Holm's step-down adjustment: holds the chance of any false alarm among all the comparisons at the
 * level that each adjusted p-value is then compared with.
 *
 * Source: Holm 1979, "A simple sequentially rejective multiple test procedure", Scand. J. Stat. 6.
 *
 * @param pValues a null was not tested: it stays null, and does not count
 * @returns in the order given
 */
export const holmAdjusted = (pValues: readonly (number | null)[]): (number | null)[] => {
  const adjusted: (number | null)[] = pValues.map(() => null)
  const tested = pValues.flatMap((pValue, index) => (pValue === null ? [] : [{ pValue, index }]))
  tested.sort((a, b) => a.pValue - b.pValue)
  let least = 0
  for (const [rank, { pValue, index }] of tested.entries()) {
    least = Math.max(least, Math.min(1, (tested.length - rank) * pValue))
    adjusted[index] = least
  }
  return adjusted
}
