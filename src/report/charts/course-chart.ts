/** Paired ratios over the run, with steal and preemptions beneath on the same axis. */
import type { TopLevelSpec } from 'vega-lite'

import { colour } from '../../page/palette.ts'
import type { CourseView } from '../view/course.ts'
import { chartConfig, signedExpression, type Breadth } from '../../page/theme.ts'

const plotWidth = { wide: 860, narrow: 270 }
const labelWidth = 52

/** Where nothing ever was, the axis is one from 0 on all the same. */
const scaleOf = (values: readonly (number | null)[]): object =>
  values.some((value) => value !== null && value > 0) ? {} : { domain: [0, 1] }

/** The chart's specification: three panels, or two where the kernel does not report steal. */
export const courseChart = (view: CourseView, breadth: Breadth): TopLevelSpec => {
  const width = plotWidth[breadth]
  const x = {
    field: 'place',
    type: 'quantitative',
    scale: { domain: [-0.5, view.blockCount - 0.5], nice: false, padding: 0 },
  } as const
  const noAxis = { ...x, axis: null }
  const yAxis = { minExtent: labelWidth, maxExtent: labelWidth, tickCount: 4 } as const
  const roundLines = (at: object): object => ({
    data: { values: view.roundStarts.map((place) => ({ place: place - 0.5 })) },
    mark: { type: 'rule', color: colour('rule') },
    encoding: { x: at },
  })
  const barWidth = Math.max(1, (width / view.disturbances.length) * 0.7)
  const hasSteal = view.disturbances.some(({ stealPercent }) => stealPercent !== null)
  const ratioPanel = {
    width,
    height: 200,
    layer: [
      roundLines(noAxis),
      {
        data: { values: [{}] },
        mark: { type: 'rule', color: colour('quiet') },
        encoding: { y: { datum: 0, type: 'quantitative' } },
      },
      ...view.series.map(({ style, points }) => ({
        data: { values: [...points] },
        mark: {
          type: 'point',
          size: 16,
          opacity: 1,
          filled: style.role === 'candidate',
          strokeWidth: 1.4,
          color: colour(style.colour),
        },
        encoding: {
          x: noAxis,
          y: {
            field: 'changePercent',
            type: 'quantitative',
            scale: { zero: false, padding: 8 },
            axis: { ...yAxis, title: 'change, %', labelExpr: signedExpression, tickCount: 6 },
          },
        },
      })),
    ],
  }
  const blockAxis = {
    ...x,
    axis: { title: 'block', grid: false, tickMinStep: 1, tickCount: breadth === 'wide' ? 10 : 5 },
  }
  const noisePanel = (field: 'stealPercent' | 'preemptions', title: string, panelX: object): object => ({
    width,
    height: 56,
    layer: [
      roundLines(panelX),
      {
        data: { values: [...view.disturbances] },
        mark: { type: 'bar', width: barWidth, color: colour('quiet') },
        encoding: {
          x: panelX,
          y: {
            field,
            type: 'quantitative',
            scale: scaleOf(view.disturbances.map((one) => one[field])),
            axis: { ...yAxis, title, tickCount: 2 },
          },
        },
      },
    ],
  })
  return {
    config: chartConfig,
    spacing: 14,
    vconcat: [
      ratioPanel,
      ...(hasSteal ? [noisePanel('stealPercent', 'steal, %', noAxis)] : []),
      noisePanel('preemptions', 'preempted', blockAxis),
    ],
  } as TopLevelSpec
}
