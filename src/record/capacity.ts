/** What a path takes against the baseline, by the bounds of both. Pure. */
import type { Search, SearchResult } from './search.ts'

/** What a path takes against the baseline: the estimate, and what the bounds of both leave open. */
export interface CapacityRatio {
  readonly estimate: number
  readonly low: number
  readonly high: number
}

/** The path that others are held against. */
export const baselineOf = ({ paths }: Search): string | undefined =>
  paths.find(({ role }) => role === 'baseline')?.name

/** Undefined for the baseline, and where a bound is missing. */
export function capacityRatio(search: Search, result: SearchResult): CapacityRatio | undefined {
  const baseline = search.results.find(
    ({ path, goal }) => path === baselineOf(search) && goal === result.goal,
  )
  if (baseline === undefined || baseline.path === result.path) return undefined
  const [own, base] = [result, baseline].map(({ lowerPps, upperPps, throughputPps }) =>
    lowerPps === undefined || upperPps === undefined || !throughputPps
      ? undefined
      : { lowerPps, upperPps, throughputPps },
  )
  if (own === undefined || base === undefined) return undefined
  return {
    estimate: own.throughputPps / base.throughputPps,
    low: own.lowerPps / base.upperPps,
    high: own.upperPps / base.lowerPps,
  }
}
