/** The made-up run as exports meet it: older, later, stripped, slower. */
import type { Comparison, RunRecord } from '../../src/record/record.ts'
import { sampleRecord } from '../report/sample-record.ts'

/** A candidate that is slower than the baseline in throughput, by a few per cent. */
export const slowerRecord = (): RunRecord => {
  const record = sampleRecord()
  return {
    ...record,
    comparisons: record.comparisons.map((comparison) =>
      comparison.path === 'redirect' && comparison.metric === 'throughputPps'
        ? withRatio(comparison, 0.95, 0.94, 0.96, 'slower')
        : comparison,
    ),
  }
}

/** As a later version may write it: with metrics that this one does not know, one of them a headline. */
export const laterRecord = (): RunRecord => {
  const record = sampleRecord()
  const [estimate] = record.estimates
  const [comparison] = record.comparisons
  const figure = { estimate: 3.5, low: 3.25, high: 3.75, method: 'mean', n: 12 }
  return {
    ...record,
    estimates: [
      ...record.estimates,
      { ...estimate!, ...figure, path: 'redirect', metric: 'powerW', unit: 'W' },
      { ...estimate!, ...figure, path: 'redirect', metric: 'ofLaterNs.p50', unit: 'ns' },
    ],
    comparisons: [
      ...record.comparisons,
      {
        ...withRatio(comparison!, 1.25, 1.125, 1.375, 'inconclusive'),
        metric: 'powerW',
        unit: 'W',
        adjustedPValue: 0.5,
      },
      {
        ...withRatio(comparison!, 0.5, 0.375, 0.625, 'faster'),
        metric: 'ofLaterNs.p50',
        unit: 'ns',
        adjustedPValue: null,
      },
    ],
  }
}

/** Without its raw samples, as a baseline is kept. */
export const strippedRecord = (): RunRecord => ({ ...sampleRecord(), trials: [], rounds: [], blocks: [] })

const withRatio = (
  comparison: Comparison,
  estimate: number,
  low: number,
  high: number,
  verdict: Comparison['verdict'],
): Comparison => ({ ...comparison, ratio: { ...comparison.ratio, estimate, low, high }, verdict })

/** The figure's options that most tests mean. */
export const headlines = { all: false } as const
export const everything = { all: true } as const
