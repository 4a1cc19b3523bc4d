/** The course of a series: points with intervals, levels as steps, changes and outliers marked. */
import type { TopLevelSpec } from 'vega-lite'
import { chartConfig, signedExpression, type Breadth } from '../../page/theme.ts'
import { colour } from '../../page/palette.ts'
import type { ChartView } from './chart-view.ts'

const shapes = {
  wide: { width: 860, height: 220, everyTick: 1 },
  narrow: { width: 280, height: 180, everyTick: 2 },
}

/** The chart's specification. */
export const trendChart = (view: ChartView, breadth: Breadth): TopLevelSpec => {
  const { width, height, everyTick } = shapes[breadth]
  const [least, most] = view.domain
  const clamp = (value: number): number => Math.min(most, Math.max(least, value))
  const ticks = view.ticks.filter((_, index) => index % everyTick === 0)
  const labels = JSON.stringify(Object.fromEntries(ticks.map(({ run, label }) => [run, label])))
  const x = {
    field: 'run',
    type: 'quantitative' as const,
    scale: { domain: [-0.5, view.runCount - 0.5], nice: false },
    axis: {
      title: null,
      grid: false,
      values: ticks.map(({ run }) => run),
      labelExpr: `${labels}[datum.value]`,
    },
  }
  const y = {
    field: 'change',
    type: 'quantitative' as const,
    scale: { domain: [least, most], zero: false, nice: true },
    axis: { title: 'change, %', labelExpr: signedExpression, tickCount: 6, minExtent: 48, maxExtent: 48 },
  }
  const paint = colour('candidate1')
  const upright = (run: number) => ({ run: run - 0.5 })
  const steps = view.levels.map(({ from, to, change }) => ({
    run: from - 0.5,
    end: to + 0.5,
    change: clamp(change),
  }))
  return {
    width,
    height,
    config: chartConfig,
    layer: [
      {
        data: { values: view.conditions.map(upright) },
        mark: { type: 'rule', color: colour('quiet'), strokeDash: [2, 3] },
        encoding: { x },
      },
      ...([true, false] as const).map((isWorse) => ({
        data: {
          values: view.changes.filter((one) => one.isWorse === isWorse).map(({ run }) => upright(run)),
        },
        mark: { type: 'rule' as const, color: colour(isWorse ? 'worse' : 'better'), strokeWidth: 2 },
        encoding: { x },
      })),
      {
        data: {
          values: view.points.map(({ run, low, high }) => ({ run, change: clamp(low), end: clamp(high) })),
        },
        mark: { type: 'rule', color: paint, opacity: 0.3, strokeWidth: breadth === 'wide' ? 2 : 1 },
        encoding: { x, y, y2: { field: 'end' } },
      },
      {
        data: { values: view.points.map(({ run, change }) => ({ run, change })) },
        mark: { type: 'point', filled: true, size: breadth === 'wide' ? 18 : 8, opacity: 1, color: paint },
        encoding: { x, y },
      },
      {
        data: { values: steps },
        mark: { type: 'rule', color: colour('ink'), strokeWidth: 2.5 },
        encoding: { x, x2: { field: 'end' }, y },
      },
      {
        data: { values: view.gaps.map((run) => ({ run, change: least })) },
        mark: { type: 'point', shape: 'cross', size: 40, filled: true, opacity: 1, color: colour('worse') },
        encoding: { x, y },
      },
      {
        data: { values: view.outliers.map(({ run, change }) => ({ run, change: clamp(change) })) },
        mark: {
          type: 'point',
          shape: 'diamond',
          size: 70,
          strokeWidth: 2,
          opacity: 1,
          color: colour('warning'),
        },
        encoding: { x, y },
      },
    ],
  }
}
