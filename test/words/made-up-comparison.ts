/** A comparison whose verdict and interval are chosen. */
import type { Comparison } from '../../src/record/record.ts'

export const comparison = (
  metric: string,
  verdict: Comparison['verdict'],
  [estimate, low, high]: readonly [number, number | null, number | null],
  changes: Partial<Comparison> = {},
): Comparison => ({
  path: 'redirect',
  baseline: 'stack',
  metric,
  unit: 'ns',
  ratio: { estimate, low, high, confidence: 0.95, method: 'bootstrap', n: 80 },
  pValue: 0.0002,
  adjustedPValue: 0.001,
  margin: 0.01,
  verdict,
  ...changes,
})
