/** Two sweeps beside each other, point by point. Pure. */
import { type Change, changesAcrossAll, type ComparedFigure } from '../across/changes.ts'
import { controlCaveats } from '../across/control.ts'
import { differenceLines } from '../across/differences.ts'
import { type Records, pointLabel, type Sweep, type SweepPoint } from '../record/sweep.ts'

/** A sweep with the runs of its points. */
export interface ReadSweep {
  readonly sweep: Sweep
  readonly records: Records
}

/** A point that both have measured. */
export interface ComparedPoint {
  readonly values: SweepPoint['values']
  readonly figures: readonly ComparedFigure[]
}

export interface ComparedSweeps {
  readonly scenario: string
  readonly title: string
  /** Their ids. */
  readonly first: string
  readonly second: string
  readonly margin: number
  readonly settings: readonly string[]
  readonly points: readonly ComparedPoint[]
  /** Points that are not compared, and why, one line each. */
  readonly notCompared: readonly string[]
  /** What else is different, and could explain a change. */
  readonly differences: readonly string[]
  /** What is not known of the noise of runs, and at which point. */
  readonly caveats: readonly { readonly point: string; readonly words: string }[]
}

/** The settings and their order are no part of what a point is. */
const keyOf = ({ values }: SweepPoint): string =>
  JSON.stringify(Object.entries(values).toSorted(([a], [b]) => (a < b ? -1 : 1)))

/**
 * What changed from one sweep to the other at every point that both have. All points are looked at together (Holm): of
 * a hundred, some would differ by chance.
 *
 * @param margin half-width of the band within which ratios count as the same
 */
export function comparedSweeps(first: ReadSweep, second: ReadSweep, margin: number): ComparedSweeps {
  const others = new Map(second.sweep.points.map((point) => [keyOf(point), point]))
  const matched = first.sweep.points.flatMap((point) => {
    const other = others.get(keyOf(point))
    const a = first.records.get(point.runId)
    const b = other === undefined ? undefined : second.records.get(other.runId)
    return a === undefined || b === undefined ? [] : [{ point, records: [a, b] as const }]
  })
  const figures = changesAcrossAll(
    matched.map(({ records: [a, b] }) => [
      { name: first.sweep.sweepId, record: a },
      { name: second.sweep.sweepId, record: b },
    ]),
    margin,
  )
  return {
    scenario: first.sweep.scenario,
    title: first.sweep.title,
    first: first.sweep.sweepId,
    second: second.sweep.sweepId,
    margin,
    settings: [...new Set(matched.flatMap(({ point }) => Object.keys(point.values)))],
    points: matched.map(({ point }, index) => ({ values: point.values, figures: figures[index]! })),
    notCompared: [...lacking(first, second), ...lacking(second, first)],
    differences: [...new Set(matched.flatMap(({ records: [a, b] }) => differenceLines(a, b)))],
    caveats: matched.flatMap(({ point, records }) =>
      records.flatMap(controlCaveats).map((words) => ({ point: pointLabel(point), words })),
    ),
  }
}

/** The points of one that the other has no run of. */
function lacking({ sweep, records }: ReadSweep, other: ReadSweep): string[] {
  const others = new Map(other.sweep.points.map((point) => [keyOf(point), point]))
  return sweep.points.flatMap((point) => {
    const there = others.get(keyOf(point))
    if (there === undefined) return [`${pointLabel(point)}: only in ${sweep.sweepId}`]
    if (records.has(point.runId)) return []
    const why = point.reason === undefined ? point.state : `${point.state}: ${point.reason}`
    return [`${pointLabel(point)}: ${why} in ${sweep.sweepId}`]
  })
}

/** Candidates' headline metrics: what a comparison is about. */
export const isMainFigure = ({ role, isHeadline }: ComparedFigure): boolean =>
  role === 'candidate' && isHeadline

export const isChange = (change: Change | undefined): boolean =>
  change?.state === 'changed' || change?.state === 'missing'
