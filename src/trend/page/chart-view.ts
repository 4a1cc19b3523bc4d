/** What a chart of a trend shows, in percent against the baseline path. Pure. */
import { metricWords } from '../../record/metric-words.ts'
import { gapRuns } from '../gaps.ts'
import { instant } from '../words.ts'
import type { Trend, TrendSeries } from '../findings.ts'

export interface ChartPoint {
  /** Index of the run; the middle one's where a point stands for several. */
  readonly run: number
  readonly change: number
  readonly low: number
  readonly high: number
}

export interface ChartLevel {
  readonly from: number
  readonly to: number
  readonly change: number
}

export interface ChartView {
  readonly path: string
  readonly noun: string
  /** Runs that a point stands for. */
  readonly runsPerPoint: number
  readonly points: readonly ChartPoint[]
  readonly levels: readonly ChartLevel[]
  /** Runs that begin a new level. */
  readonly changes: readonly { readonly run: number; readonly isWorse: boolean }[]
  readonly outliers: readonly { readonly run: number; readonly change: number }[]
  /** Runs without a figure. */
  readonly gaps: readonly number[]
  /** Runs that begin under other conditions. */
  readonly conditions: readonly number[]
  readonly runCount: number
  /** What the axis shows; what lies beyond is drawn at its edge. */
  readonly domain: readonly [number, number]
  /** When runs began, evenly spread: the day, or the time of a day that the mark before it has, too. */
  readonly ticks: readonly { readonly run: number; readonly label: string }[]
}

/** As many points as can be told apart. */
const mostPoints = 240

/** More marks than this would hide what they stand beneath. */
const mostConditions = 40

const percent = (ratio: number): number => (ratio - 1) * 100

/** The view of one series. */
export function chartView(series: TrendSeries, { runs, conditionsChanges, gaps }: Trend): ChartView {
  const outliers = new Set(series.outliers.map(({ run }) => run))
  const settled = series.points.filter(({ run }) => !outliers.has(run))
  const runsPerPoint = Math.ceil(settled.length / mostPoints)
  const points = Array.from({ length: Math.ceil(settled.length / runsPerPoint) }, (_, index) =>
    pointFor(settled.slice(index * runsPerPoint, (index + 1) * runsPerPoint)),
  )
  return {
    path: series.path,
    noun: metricWords(series.metric.name).noun,
    runsPerPoint,
    points,
    levels: series.levels.map(({ from, to, ratio }) => ({ from, to, change: percent(ratio) })),
    changes: series.changes.map(({ run, direction }) => ({ run, isWorse: direction === 'worse' })),
    outliers: series.outliers.map(({ run, ratio }) => ({ run, change: percent(ratio) })),
    gaps: gapRuns(gaps, series),
    conditions: conditionsShown(conditionsChanges),
    runCount: runs.length,
    domain: domainOf(points),
    ticks: ticksOf(runs),
  }
}

/** Where there are too many, those of what is measured: programs and the scenario. */
function conditionsShown(changes: Trend['conditionsChanges']): number[] {
  const shown = changes.length > mostConditions ? changes.filter(({ isOfSubject }) => isOfSubject) : changes
  return shown.length > mostConditions ? [] : shown.map(({ run }) => run)
}

function pointFor(members: TrendSeries['points']): ChartPoint {
  const middle = members[members.length >> 1]!
  return {
    run: middle.run,
    change: percent(medianOf(members.map(({ ratio }) => ratio))),
    low: percent(medianOf(members.map(({ low, ratio }) => low ?? ratio))),
    high: percent(medianOf(members.map(({ high, ratio }) => high ?? ratio))),
  }
}

const medianOf = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!

/** All points, and intervals where they do not dwarf them. */
function domainOf(points: readonly ChartPoint[]): readonly [number, number] {
  const changes = points.map(({ change }) => change)
  const [least, most] = [Math.min(...changes), Math.max(...changes)]
  const room = Math.max((most - least) * 0.6, 0.5)
  return [
    Math.max(least - room, Math.min(...points.map(({ low }) => low))),
    Math.min(most + room, Math.max(...points.map(({ high }) => high))),
  ]
}

const tickCount = 6

function ticksOf(runs: Trend['runs']): ChartView['ticks'] {
  const count = Math.min(tickCount, runs.length)
  const places = Array.from({ length: count }, (_, index) =>
    Math.round((index * (runs.length - 1)) / Math.max(1, count - 1)),
  )
  const instants = places.map((run) => instant(runs[run]!))
  const days = new Set(instants.map(dayOf))
  // Two of one day cannot be told apart by it.
  const isByTime = days.size < instants.length
  return places.map((run, index) => {
    const own = instants[index]!
    return { run, label: isByTime ? timeLabel(own, instants[index - 1]) : dayOf(own) }
  })
}

const dayOf = (instantText: string): string => instantText.slice(0, 10)

/** `04-11 14:03`, or `14:03` on the day of the one before. */
const timeLabel = (own: string, before: string | undefined): string =>
  before !== undefined && dayOf(before) === dayOf(own) ? own.slice(11) : own.slice(5)
