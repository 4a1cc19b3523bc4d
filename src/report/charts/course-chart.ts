/** Paired ratios over the run, with steal and preemptions beneath on the same axis. */
import { markup, type Fragment, type Html } from '../../page/escape.ts'
import { colour } from '../../page/palette.ts'
import {
  type Area,
  dotsAt,
  pixels,
  pixelScale,
  type PlotAxis,
  renderArea,
  renderPlot,
} from '../../page/plot.ts'
import { signedLabel, type Breadth } from '../../page/theme.ts'
import { linearTicks } from '../../page/ticks.ts'
import type { CourseView, Disturbance } from '../view/course.ts'

const plotWidths = { wide: 900, narrow: 292 }
const left = 58
const ratioHeight = 200
const noiseHeight = 56
const gap = 18

interface Panel {
  readonly title: string
  readonly height: number
  readonly domain: readonly [number, number]
  readonly label: (value: number) => string
  readonly content: (x: PlotAxis['at'], y: PlotAxis['at']) => Fragment
}

const ratioPanel = ({ series }: CourseView): Panel => {
  const changes = series.flatMap(({ points }) => points.map(({ changePercent }) => changePercent))
  const [least, most] = [Math.min(0, ...changes), Math.max(0, ...changes)]
  const air = (most - least) * 0.04 || 0.1
  return {
    title: 'change, %',
    height: ratioHeight,
    domain: [least - air, most + air],
    label: signedLabel,
    content: (x, y) =>
      series.map(({ style, points }) => {
        const dots = dotsAt(points.map(({ place, changePercent }) => [x(place), y(changePercent)]))
        const paint = colour(style.colour)
        const hole =
          style.role === 'candidate'
            ? undefined
            : markup`<path d="${dots}" stroke="${colour('page')}" stroke-width="2.2" stroke-linecap="round"/>`
        return markup`<g><title>${style.label}</title><path d="${dots}" stroke="${paint}" stroke-width="5" stroke-linecap="round"/>${hole}</g>`
      }),
  }
}

const noisePanel = (
  disturbances: readonly Disturbance[],
  title: string,
  valueOf: (one: Disturbance) => number,
  plotWidth: number,
): Panel => {
  const most = Math.max(...disturbances.map(valueOf)) || 1
  const barWidth = Math.max(1, (plotWidth / disturbances.length) * 0.7)
  return {
    title,
    height: noiseHeight,
    domain: [0, most],
    label: String,
    content: (x, y) =>
      markup`<path d="${disturbances.map((one) => `M${pixels(x(one.place))} ${pixels(y(0))}V${pixels(y(valueOf(one)))}`).join('')}" stroke="${colour('quiet')}" stroke-width="${pixels(barWidth)}"/>`,
  }
}

const panelsOf = (view: CourseView, plotWidth: number): Panel[] => {
  const hasSteal = view.disturbances.some(({ stealPercent }) => stealPercent !== null)
  const steal = ({ stealPercent }: Disturbance): number => stealPercent ?? 0
  return [
    ratioPanel(view),
    ...(hasSteal ? [noisePanel(view.disturbances, 'steal, %', steal, plotWidth)] : []),
    noisePanel(view.disturbances, 'preempted', ({ preemptions }) => preemptions, plotWidth),
  ]
}

const roundLines = ({ roundStarts }: CourseView, x: PlotAxis['at'], { top, height }: Area): Html =>
  markup`<path d="${roundStarts.map((place) => `M${pixels(x(place - 0.5))} ${top}v${height}`).join('')}" stroke="${colour('rule')}"/>`

const panelAt = (view: CourseView, panel: Panel, area: Area, x: PlotAxis): Html => {
  const y = {
    at: pixelScale(panel.domain, [area.top + area.height, area.top]),
    ticks: linearTicks(...panel.domain, area.height > 100 ? 5 : 2).map((at) => ({
      at,
      label: panel.label(at),
    })),
    title: panel.title,
    hasGrid: true,
  }
  return renderArea(area, x, y, [roundLines(view, x.at, area), panel.content(x.at, y.at)])
}

/** Three panels, or two where the kernel does not report steal. */
export const courseChart = (view: CourseView, breadth: Breadth): Html => {
  const width = plotWidths[breadth]
  const at = pixelScale([-0.5, view.blockCount - 0.5], [left, left + width])
  const ticks = linearTicks(0, view.blockCount - 1, breadth === 'wide' ? 10 : 5)
    .filter(Number.isInteger)
    .map((place) => ({ at: place, label: String(place) }))
  const panels = panelsOf(view, width)
  let top = 6
  const drawn = panels.map((panel, index) => {
    const area = { left, top, width, height: panel.height }
    top += panel.height + gap
    const isLast = index === panels.length - 1
    return panelAt(view, panel, area, {
      at,
      hasGrid: false,
      ticks: isLast ? ticks : [],
      ...(isLast ? { title: 'block' } : {}),
    })
  })
  return renderPlot(left + width + 8, top + 24, drawn)
}
