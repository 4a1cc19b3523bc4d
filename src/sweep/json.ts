/** A sweep as `--json` prints it: its points with their figures, and what they say together. Pure. */
import type { Sweep } from '../record/sweep.ts'
import { type Records, sweepView } from './curves.ts'
import { findingsOf } from './findings.ts'
import { sweepSentences } from './sentences.ts'

export function sweepJson(sweep: Sweep, records: Records): object {
  const view = sweepView(sweep, records)
  const findings = view === undefined ? undefined : findingsOf(view, sweep.seed)
  const { scenarioSource: _source, points, ...rest } = sweep
  return {
    ...rest,
    points: points.map((point) => {
      const record = records.get(point.runId)
      return record === undefined
        ? point
        : {
            ...point,
            paths: record.paths.map(({ name, role, status, reason }) => ({ name, role, status, reason })),
            estimates: record.estimates,
            comparisons: record.comparisons,
            routerCost: record.derived.routerCost,
          }
    }),
    ...findings,
    sentences: view === undefined || findings === undefined ? [] : sweepSentences(view, findings),
  }
}
