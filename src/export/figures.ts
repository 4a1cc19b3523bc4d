/** The figures of a run that formats of numbers carry: absolute values, and ratios to the baseline. Pure. */
import { byMetric, metricNamed } from '../record/metrics.ts'
import type { Direction } from '../stats/estimate.ts'
import type { Estimate, PathRecord, RunRecord } from '../record/record.ts'
import { isSound } from '../record/soundness.ts'

/** Which figures are wanted. */
export interface Selection {
  /** Every metric of every path, instead of the headline metrics of the baseline and the candidates. */
  readonly all: boolean
  /** Only ratios, or only absolute values. */
  readonly only?: FigureKind
}

export const figureKinds = ['ratio', 'absolute'] as const

export type FigureKind = (typeof figureKinds)[number]

export interface Figure {
  readonly path: string
  readonly role: PathRecord['role']
  readonly metric: string
  /** The metric's own unit. */
  readonly metricUnit: string
  /** The unit of `value`: the metric's own, or `ratio` for a ratio to the baseline. */
  readonly unit: string
  /** Undefined where this pathbench does not know the metric. */
  readonly better: Direction | undefined
  /** The path that `value` is the ratio to; undefined for an absolute value. */
  readonly baseline: string | undefined
  readonly value: number
  readonly interval: Interval | undefined
  /** Number of values that it rests on. */
  readonly n: number
}

/** The 95 % interval of a figure. */
export interface Interval {
  readonly low: number
  readonly high: number
}

/** The figures of a run, path by path in the record's order, ratios first. */
export function figuresOf(record: RunRecord, selection: Selection): Figure[] {
  return wantedPaths(record, selection)
    .flatMap((path) => [
      ...(selection.only === 'absolute' ? [] : ratiosOf(record, path)),
      ...(selection.only === 'ratio' ? [] : absolutesOf(record, path)),
    ])
    .filter(({ metric }) => isWantedMetric(record, metric, selection))
}

/** Whether figures of a path are wanted: control and floor are there to check the run and to put it in place. */
export const isWantedRole = ({ role }: PathRecord, { all }: Selection): boolean =>
  all || role === 'baseline' || role === 'candidate'

/** The paths whose figures are wanted. One that is invalid has none: it took another way than it says. */
export const wantedPaths = (record: RunRecord, selection: Selection): PathRecord[] =>
  record.paths.filter((path) => isWantedRole(path, selection) && isSound(record, path))

/** Whether a metric is wanted. Of one that this pathbench does not know, the record says if it is a headline. */
export const isWantedMetric = (record: RunRecord, name: string, { all }: Selection): boolean =>
  all ||
  (metricNamed(name)?.headline ??
    record.comparisons.some(({ metric, adjustedPValue }) => metric === name && adjustedPValue !== null))

/** Ratios to a baseline whose own figures count. */
const ratiosOf = (record: RunRecord, { name, role }: PathRecord): Figure[] => {
  const sound = new Set(record.paths.filter((path) => isSound(record, path)).map((path) => path.name))
  return record.comparisons
    .filter(({ path, baseline }) => path === name && sound.has(baseline))
    .toSorted(byMetric)
    .map(({ path, metric, unit, baseline, ratio }) => ({
      ...{ path, role, metric, baseline },
      metricUnit: unit,
      unit: 'ratio',
      better: metricNamed(metric)?.better,
      ...pointOf(ratio),
    }))
}

const absolutesOf = ({ estimates }: RunRecord, { name, role }: PathRecord): Figure[] =>
  estimates
    .filter(({ path }) => path === name)
    .toSorted(byMetric)
    .map(({ path, metric, unit, ...estimate }) => ({
      ...{ path, role, metric, unit },
      metricUnit: unit,
      baseline: undefined,
      better: metricNamed(metric)?.better,
      ...pointOf(estimate),
    }))

const pointOf = ({
  estimate,
  low,
  high,
  n,
}: Omit<Estimate, 'method'>): Pick<Figure, 'value' | 'interval' | 'n'> => ({
  value: estimate,
  interval: low === null || high === null ? undefined : { low, high },
  n,
})
