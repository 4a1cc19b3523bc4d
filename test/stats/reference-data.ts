/** Changes of nine patients' depression scores: Hollander, Wolfe 1973, table 3.1; R's `?wilcox.test`. */
export const depressionChanges = [
  [1.83, 0.878],
  [0.5, 0.647],
  [1.62, 0.598],
  [2.48, 2.05],
  [1.68, 1.06],
  [1.88, 1.29],
  [1.55, 1.06],
  [3.06, 3.14],
  [1.3, 1.29],
].map(([before, after]) => after! - before!)

/** Differences in height of Darwin's 15 pairs of Zea mays, in eighths of an inch: Fisher 1935, table 3. */
export const darwinDifferences = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]
