/** How the load split over several servers, by path. */
import type { RunRecord, ServerShare } from '../../record/record.ts'
import { formatCount, formatNumber } from '../../words/numbers.ts'
import type { ColourName } from '../../page/palette.ts'
import { isBalanced } from './device-under-test.ts'
import type { PathStyle } from './path-style.ts'
import { measuredPaths } from './selection.ts'
import { numberColumn, textColumn, type TableView } from '../../page/table-view.ts'

export interface SplitRow {
  readonly path: string
  readonly colour: ColourName
  /** By server, in the order of the columns; they add up to 1. */
  readonly shares: readonly number[]
  /** `50.8 / 49.2`, in percent. */
  readonly label: string
}

export interface SplitView {
  readonly title: string
  readonly subtitle: string
  readonly servers: readonly string[]
  readonly rows: readonly SplitRow[]
  readonly inWords: string
  readonly table: TableView
}

interface Kind {
  readonly title: string
  readonly subtitle: string
  readonly countOf: (server: ServerShare) => number
}

const kinds: readonly Kind[] = [
  {
    title: 'UDP flows',
    subtitle: 'each flow is a draw of its own',
    countOf: ({ flows }) => flows,
  },
  {
    title: 'UDP packets',
    subtitle: 'follow their flows',
    countOf: ({ requests }) => requests,
  },
  {
    title: 'HTTP connections',
    subtitle: 'each connection is a draw of its own',
    countOf: ({ httpConnections }) => httpConnections ?? 0,
  },
]

const percents = (shares: readonly number[]): string =>
  shares.map((share) => formatNumber(share * 100, 1)).join(' / ')

const splitOf = (
  { title, subtitle, countOf }: Kind,
  paths: readonly { style: PathStyle; servers: readonly ServerShare[] }[],
): SplitView[] => {
  const counted = paths.flatMap(({ style, servers }) => {
    const counts = servers.map(countOf)
    const total = counts.reduce((sum, count) => sum + count, 0)
    return total === 0 ? [] : [{ style, counts, shares: counts.map((count) => count / total) }]
  })
  const servers = paths[0]?.servers.map(({ namespace }) => namespace) ?? []
  if (counted.length === 0) return []
  const rows = counted.map(({ style: { name, colour }, shares }) => ({
    path: name,
    colour,
    shares,
    label: percents(shares),
  }))
  return [
    {
      title,
      subtitle,
      servers,
      rows,
      inWords: `${title} over ${servers.join(' and ')}, in percent: ${rows.map(({ path, label }) => `${path} ${label}`).join('; ')}. Equal shares would be ${percents(servers.map(() => 1 / servers.length))}.`,
      table: {
        caption: `${title} by server`,
        columns: [textColumn('Path'), ...servers.map(numberColumn), numberColumn('Shares, %')],
        rows: counted.map(({ style, counts, shares }) => [
          style.label,
          ...counts.map(formatCount),
          percents(shares),
        ]),
      },
    },
  ]
}

/** Flows, packets and connections; those that there were, on paths with several servers. */
export const splitViews = (record: RunRecord, styles: readonly PathStyle[]): SplitView[] => {
  const paths = measuredPaths(record)
    .filter(isBalanced)
    .flatMap(({ name, servers = [] }) => {
      const style = styles.find((each) => each.name === name)
      return style ? [{ style, servers }] : []
    })
  return kinds.flatMap((kind) => splitOf(kind, paths))
}
