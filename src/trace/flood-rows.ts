/** Where the sender's CPU was in paths' floods, as the rows of a table: a function a row, a path a column. Pure. */
import type { TracedPath } from '../record/trace.ts'
import { formatShare } from '../words/numbers.ts'

/** Functions, those first that took most on some path; a path that it is not among the first of has none. */
export function floodRows(paths: readonly TracedPath[]): string[][] {
  const highest = new Map<string, number>()
  for (const { flood = [] } of paths)
    for (const { symbol, share } of flood) highest.set(symbol, Math.max(share, highest.get(symbol) ?? 0))
  return [...highest]
    .toSorted(([, a], [, b]) => b - a)
    .map(([symbol]) => [
      symbol,
      ...paths.map(({ flood = [] }) => {
        const found = flood.find((one) => one.symbol === symbol)
        return found === undefined ? '' : formatShare(found.share)
      }),
    ])
}
