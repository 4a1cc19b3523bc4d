/** The tables of a soak. Pure. */
import { numberColumn, type TableView, textColumn } from '../page/table-view.ts'
import type { Soak } from '../record/soak.ts'
import { formatCount, formatDuration, formatNumber, formatShare } from '../words/numbers.ts'
import { lostIn, soakedPaths } from './findings.ts'

const lossText = (lost: number, packets: number): string =>
  lost === 0 ? '0' : formatShare(lost / packets, 3)

/** A row per path: all of it. */
export const pathsTable = (soak: Soak): TableView => ({
  caption: 'Each path over the whole soak; one-way delays from the scheduled departure',
  columns: [
    textColumn('path'),
    ...['packets', 'lost', 'p50', 'least to most', 'worst p99', 'max'].map(numberColumn),
  ],
  rows: [
    ...soakedPaths(soak).map(({ path, packets, loss, p50Ns, p99Ns, maxNs }) => [
      path,
      formatCount(packets),
      lossText(lostIn({ loss }), packets),
      formatDuration(p50Ns.middle),
      `${formatDuration(p50Ns.least)} to ${formatDuration(p50Ns.most)}`,
      formatDuration(p99Ns),
      formatDuration(maxNs),
    ]),
    ...soak.paths
      .filter(({ status }) => status !== 'measured')
      .map(({ name, status }) => [name, status, '', '', '', '', '']),
  ],
})

/** A row a stretch of a path. */
export const stretchesTable = ({ stretches }: Soak, path: string): TableView => ({
  caption: `${path}, stretch by stretch`,
  columns: ['from, min', 'packets', 'lost', 'p50', 'p90', 'p99', 'p99.9', 'max'].map(numberColumn),
  rows: stretches
    .filter((stretch) => stretch.path === path)
    .map((stretch) => [
      formatNumber(stretch.atS / 60, 1),
      formatCount(stretch.packets),
      lossText(lostIn(stretch), stretch.packets),
      ...[stretch.p50Ns, stretch.p90Ns, stretch.p99Ns, stretch.p999Ns, stretch.maxNs].map(formatDuration),
    ]),
})
