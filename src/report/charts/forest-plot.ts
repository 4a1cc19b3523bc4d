/** Ratios with intervals, one row a path under each metric: points, whiskers and the band of equivalence. */
import type { TopLevelSpec } from 'vega-lite'

type LayerSpec = Extract<TopLevelSpec, { layer: unknown }>['layer'][number]

import { fitText } from '../../page/fit-text.ts'
import { colour } from '../../page/palette.ts'
import type { RatioRow, RatiosView } from '../view/ratios.ts'
import { chartConfig, signedLabel, type Breadth } from '../../page/theme.ts'

const rowHeight = 24
/** Widths in pixels; a character of 13 pixels is about this wide in most system fonts. */
const nameCharacter = 7.4
const shapes = {
  wide: { plotAndName: 760, mostName: 150, value: 200 },
  narrow: { plotAndName: 274, mostName: 120, value: 76 },
}

/** Past the axis's end a row is a triangle at that end: the value beside it says how far off it is. */
const clampedRow = (
  row: RatioRow,
  [low, high]: RatiosView['domainPercent'],
  line: number,
  nameWidth: number,
): object => {
  const clamp = (value: number): number => Math.min(high, Math.max(low, value))
  const isBeyond = row.changePercent < low || row.changePercent > high
  return {
    line,
    name: fitText(row.path, nameWidth, nameCharacter),
    colour: colour(row.colour),
    change: clamp(row.changePercent),
    low: clamp(row.lowPercent ?? row.changePercent),
    high: clamp(row.highPercent ?? row.changePercent),
    bandLow: clamp(row.bandLowPercent),
    bandHigh: clamp(row.bandHighPercent),
    shape: isBeyond ? (row.changePercent > high ? 'triangle-right' : 'triangle-left') : 'circle',
    fill: row.verdict === 'faster' || row.verdict === 'slower' ? colour(row.colour) : colour('page'),
    value: row.change,
    valueAndRange: row.range ? `${row.change}  (${row.range})` : row.change,
  }
}

/** Headings are drawn twice: first broad in the page's colour, so that no line runs through them. */
const headingLayer = (
  headings: readonly object[],
  x: number,
  paint: { color: string; stroke?: string; strokeWidth?: number },
): LayerSpec => ({
  data: { values: [...headings] },
  mark: { type: 'text', align: 'left', fontSize: 12.5, fontWeight: 600, ...paint },
  encoding: { x: { value: x }, text: { field: 'heading' } },
})

/** The plot's specification. */
export const forestPlot = (view: RatiosView, breadth: Breadth): TopLevelSpec => {
  const { plotAndName, mostName, value } = shapes[breadth]
  const longest = Math.max(...view.groups.flatMap((group) => group.rows.map(({ path }) => path.length)))
  const left = Math.min(mostName, Math.max(84, Math.ceil(longest * nameCharacter) + 14))
  const plot = plotAndName - left
  const headings: object[] = []
  const rows: object[] = []
  let line = 0
  for (const { noun, direction, rows: ratioRows } of view.groups) {
    headings.push({
      line: line++,
      heading:
        breadth === 'wide' ? `${noun} (${direction})` : fitText(noun, left + plot + value, nameCharacter),
    })
    rows.push(...ratioRows.map((row) => clampedRow(row, view.domainPercent, line++, left - 14)))
    line += 0.4
  }
  const y = {
    field: 'line',
    type: 'quantitative' as const,
    axis: null,
    scale: { domain: [line - 0.4, -0.6] },
  }
  const x = {
    field: 'change',
    type: 'quantitative' as const,
    scale: { domain: [...view.domainPercent], nice: false, zero: false },
    axis: {
      title: 'change to the baseline, %',
      labelExpr: signedLabel,
      tickCount: breadth === 'wide' ? 9 : 5,
    },
  }
  const ink = { value: colour('ink') }
  const rowColour = { field: 'colour', type: 'nominal', scale: null } as const
  return {
    autosize: 'none',
    padding: { left, right: value, top: 2, bottom: 44 },
    width: plot,
    height: line * rowHeight,
    config: chartConfig,
    data: { values: rows },
    encoding: { y },
    layer: [
      {
        mark: { type: 'bar', height: rowHeight, color: colour('band') },
        encoding: { x: { ...x, field: 'bandLow' }, x2: { field: 'bandHigh' } },
      },
      {
        data: { values: [{}] },
        mark: { type: 'rule', color: colour('quiet') },
        encoding: { x: { datum: 0, type: 'quantitative' }, y: { value: 0 }, y2: { value: line * rowHeight } },
      },
      {
        mark: { type: 'rule', strokeWidth: 2.5 },
        encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' }, stroke: rowColour },
      },
      {
        mark: { type: 'point', size: 64, strokeWidth: 2, opacity: 1 },
        encoding: {
          x,
          stroke: rowColour,
          fill: { field: 'fill', type: 'nominal', scale: null },
          shape: { field: 'shape', type: 'nominal', scale: null },
        },
      },
      {
        mark: { type: 'text', align: 'right', fontSize: 13 },
        encoding: { x: { value: -10 }, text: { field: 'name' }, color: ink },
      },
      {
        mark: { type: 'text', align: 'left', fontSize: 13 },
        encoding: {
          x: { value: plot + 12 },
          text: { field: breadth === 'wide' ? 'valueAndRange' : 'value' },
          color: ink,
        },
      },
      headingLayer(headings, -left, { color: colour('page'), stroke: colour('page'), strokeWidth: 5 }),
      headingLayer(headings, -left, { color: colour('ink') }),
    ],
  }
}
