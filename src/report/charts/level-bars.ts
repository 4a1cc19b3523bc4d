/** A metric of each path by itself: bars from zero, so that a small difference looks small, and whiskers. */
import type { TopLevelSpec } from 'vega-lite'

import { fitText } from '../../page/fit-text.ts'
import { colour } from '../../page/palette.ts'
import type { LevelsView } from '../view/levels.ts'
import { barShape, nameCharacter, valueWidth } from './bar-shape.ts'
import { chartConfig } from '../../page/theme.ts'

const rowHeight = 34

/** The chart's specification; it fits a telephone. */
export const levelBars = ({ rows, most: end = 0 }: LevelsView): TopLevelSpec => {
  const { nameWidth, textWidth, plot } = barShape(rows.map(({ name }) => name))
  const most = Math.max(end, ...rows.map(({ estimate, high }) => Math.max(estimate, high ?? estimate)))
  const values = rows.map((row, line) => ({
    line,
    name: fitText(row.name, textWidth, nameCharacter),
    label: row.label,
    colour: colour(row.colour),
    estimate: row.estimate,
    low: row.low ?? row.estimate,
    high: row.high ?? row.estimate,
  }))
  const x = {
    field: 'estimate',
    type: 'quantitative' as const,
    scale: { domain: [0, most || 1], nice: false },
    axis: null,
  }
  const text = { type: 'text', fontSize: 13, color: colour('ink') } as const
  return {
    autosize: 'none',
    padding: { left: nameWidth, right: valueWidth, top: 2, bottom: 2 },
    width: plot,
    height: { step: rowHeight },
    config: chartConfig,
    data: { values },
    encoding: { y: { field: 'line', type: 'ordinal', axis: null } },
    layer: [
      {
        mark: { type: 'bar', height: 16, opacity: 0.55 },
        encoding: { x, color: { field: 'colour', type: 'nominal', scale: null } },
      },
      {
        mark: { type: 'rule', strokeWidth: 2, color: colour('ink') },
        encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' } },
      },
      {
        mark: { ...text, align: 'right' },
        encoding: { x: { value: -8 }, text: { field: 'name' } },
      },
      {
        mark: { ...text, align: 'left' },
        encoding: { x: { value: plot + 8 }, text: { field: 'label' } },
      },
    ],
  }
}
