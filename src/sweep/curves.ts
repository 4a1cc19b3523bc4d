/** A sweep's runs as curves: what each path came to in each metric, over the values of one setting. Pure. */
import { namedFigure } from '../parts/loads/trial-name.ts'
import { metricNamed } from '../record/metrics.ts'
import type { Comparison, Estimate, PathRecord, RunRecord } from '../record/record.ts'
import { pointLabel, type Records, type Sweep, type SweepAxis, type SweepPoint } from '../record/sweep.ts'
import { deviceUnderTestOf } from '../report/view/device-under-test.ts'
import type { DeviceUnderTest } from '../words/sentences.ts'

export interface CurvePoint {
  readonly x: number | string
  readonly estimate: Estimate
  /** Against the baseline of the same point; none of the baseline itself. */
  readonly comparison: Comparison | undefined
}

/** What a path came to in a metric, in the order of the setting's values; points without a figure are left out. */
export interface Curve {
  readonly path: string
  readonly role: PathRecord['role']
  readonly points: readonly CurvePoint[]
}

/** The curves of a metric. */
export interface MetricCurves {
  readonly metric: string
  readonly title: string
  readonly unit: string
  readonly curves: readonly Curve[]
}

/** Points that are alike but for the value of the setting that curves go along. */
export interface Facet {
  /** Values of the other settings, in words; empty where there are none. */
  readonly label: string
  readonly metrics: readonly MetricCurves[]
}

export interface SweepView {
  /** The setting that curves go along. */
  readonly along: SweepAxis
  readonly facets: readonly Facet[]
  readonly baseline: string
  /** What paths have that the floor has not. */
  readonly middle: DeviceUnderTest
  /** Of the first point that was measured: they are the same in all. */
  readonly paths: readonly PathRecord[]
}

/** The router's own cost is no metric of the record's table. */
export const routerCost = { name: 'routerCost', unit: 'ns' } as const

/** @returns undefined where no point was measured */
export function sweepView(sweep: Sweep, records: Records): SweepView | undefined {
  const along = axisAlong(sweep.axes)
  const [first] = sweep.points.flatMap(({ runId }) => records.get(runId) ?? [])
  if (along === undefined || first === undefined) return undefined
  const middle = deviceUnderTestOf(first)
  const facets = Map.groupBy(sweep.points, ({ values }) => labelWithout(values, along.name))
  return {
    along,
    baseline: first.paths.find(({ role }) => role === 'baseline')?.name ?? '',
    middle,
    paths: first.paths,
    facets: [...facets].map(([label, points]) => ({
      label,
      metrics: metricsOf(points, along, records, middle),
    })),
  }
}

/** The axis of most numbers; where none is of numbers, the first. */
const axisAlong = (axes: readonly SweepAxis[]): SweepAxis | undefined =>
  axes.filter(isNumeric).toSorted((a, b) => b.values.length - a.values.length)[0] ?? axes[0]

export const isNumeric = ({ values }: SweepAxis): boolean =>
  values.every((value) => typeof value === 'number')

const labelWithout = (values: SweepPoint['values'], name: string): string =>
  pointLabel({ values: Object.fromEntries(Object.entries(values).filter(([other]) => other !== name)) })

function metricsOf(
  points: readonly SweepPoint[],
  along: SweepAxis,
  records: Records,
  middle: DeviceUnderTest,
): MetricCurves[] {
  const found = points.flatMap(({ values, runId }) => {
    const record = records.get(runId)
    return record === undefined ? [] : [{ x: values[along.name]!, record }]
  })
  const measured = new Set(found.flatMap(({ record }) => record.estimates.map(({ metric }) => metric)))
  const headlines = [...measured].filter((name) => metricNamed(name)?.headline === true)
  const curvesOf = (figureOf: (record: RunRecord, path: string) => Omit<CurvePoint, 'x'> | undefined) =>
    (found[0]?.record.paths ?? []).map(({ name, role }): Curve => ({
      path: name,
      role,
      points: found.flatMap(({ x, record }) => {
        const figure = figureOf(record, name)
        return figure === undefined ? [] : [{ x, ...figure }]
      }),
    }))
  const trials = new Set(found.flatMap(({ record }) => record.derived.routerCost.map(({ trial }) => trial)))
  const all = [
    ...headlines.map((metric) => ({
      metric,
      title: metricNamed(metric)?.noun ?? metric,
      unit: metricNamed(metric)?.unit ?? '',
      curves: curvesOf((record, path) => figureOf(record, path, metric)),
    })),
    ...[...trials].map((trial) => ({
      metric: namedFigure(routerCost.name, trial),
      title: `the ${middle}'s own CPU time per packet${trial === undefined ? '' : ` (${trial})`}`,
      unit: routerCost.unit,
      curves: curvesOf((record, path) => ownCostOf(record, path, trial)),
    })),
  ]
  return all.filter(({ curves }) => curves.some((curve) => curve.points.length > 0))
}

function figureOf(record: RunRecord, path: string, metric: string): Omit<CurvePoint, 'x'> | undefined {
  const isIt = (one: { path: string; metric: string }) => one.path === path && one.metric === metric
  const estimate = record.estimates.find(isIt)
  return estimate === undefined ? undefined : { estimate, comparison: record.comparisons.find(isIt) }
}

function ownCostOf(
  record: RunRecord,
  path: string,
  trial: string | undefined,
): Omit<CurvePoint, 'x'> | undefined {
  const estimate = record.derived.routerCost.find((cost) => cost.path === path && cost.trial === trial)
  return estimate === undefined ? undefined : { estimate, comparison: undefined }
}
