/** A sweep as `--json` prints it: its points with their figures, and what they say together. Pure. */
import type { Records, Sweep } from '../record/sweep.ts'
import { storyOf } from './story.ts'

export function sweepJson(sweep: Sweep, records: Records): object {
  const story = storyOf(sweep, records)
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
    ...story?.findings,
    sentences: story?.sentences ?? [],
  }
}
