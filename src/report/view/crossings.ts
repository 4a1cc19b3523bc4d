/** Which share of the traffic went through each host between client and servers. */
import { loadOf } from '../../parts/loads/loads.ts'
import type { Crossing, RunRecord } from '../../record/record.ts'
import { formatCount, formatNumber, formatShare } from '../../words/numbers.ts'
import type { LevelsView } from './levels.ts'
import type { PathStyle } from './path-style.ts'
import { measuredPaths } from './selection.ts'
import { numberColumn, textColumn } from '../../page/table-view.ts'

export interface CrossingsView {
  /** One for each host through which paths send different shares. */
  readonly charts: readonly LevelsView[]
  /** Whether there was load that servers do not answer. */
  readonly isPartlyUnanswered: boolean
  /** The others, in a sentence each. */
  readonly alike: readonly string[]
}

/** Neighbour discovery and the like make less than this of a difference. */
const leastDifference = 0.02

interface PathCrossing {
  readonly style: PathStyle
  readonly crossing: Crossing
}

const sharesOf = (crossings: readonly PathCrossing[]): number[] =>
  crossings.map(({ crossing }) => crossing.share)

const chartOf = (namespace: string, crossings: readonly PathCrossing[]): LevelsView => {
  const rows = crossings.map(({ style: { name, colour }, crossing: { share, frames } }) => ({
    name,
    colour,
    estimate: share,
    low: null,
    high: null,
    label: formatShare(share),
    frames: formatCount(frames),
  }))
  return {
    title: `Traffic through ${namespace}`,
    direction: 'frames it received, as a share of those that the client sent and received',
    inWords: `Share of the traffic that went through ${namespace}: ${rows.map((row) => `${row.name} ${row.label}`).join('; ')}.`,
    rows,
    table: {
      caption: `Frames that the devices of ${namespace} received`,
      columns: [textColumn('Path'), numberColumn('Frames'), numberColumn('Share of the traffic')],
      rows: rows.map((row) => [row.name, row.frames, row.label]),
    },
  }
}

const sentenceOf = (namespace: string, crossings: readonly PathCrossing[]): string => {
  const shares = sharesOf(crossings)
  const [least = '', most = ''] = [Math.min(...shares), Math.max(...shares)].map((share) =>
    formatNumber(share * 100, 1),
  )
  return `${namespace} received ${least === most ? least : `${least} to ${most}`} % on every path.`
}

/** Undefined where all paths send the same share through each host: then it says nothing. */
export const crossingsView = (record: RunRecord, styles: readonly PathStyle[]): CrossingsView | undefined => {
  const all = measuredPaths(record).flatMap(({ name, crossings = [] }) => {
    const style = styles.find((each) => each.name === name)
    return style ? crossings.map((crossing) => ({ style, crossing })) : []
  })
  const byNamespace = [...Map.groupBy(all, ({ crossing }) => crossing.namespace)]
  const isDiffering = ([, crossings]: (typeof byNamespace)[number]): boolean =>
    Math.max(...sharesOf(crossings)) - Math.min(...sharesOf(crossings)) >= leastDifference
  const charts = byNamespace
    .filter(isDiffering)
    .map(([namespace, crossings]) => chartOf(namespace, crossings))
  if (charts.length === 0) return undefined
  const alike = byNamespace
    .filter((each) => !isDiffering(each))
    .map(([namespace, crossings]) => sentenceOf(namespace, crossings))
  const isPartlyUnanswered = record.settings.trials.some(({ kind }) => !loadOf(kind).isAnswered)
  return { charts, isPartlyUnanswered, alike }
}
