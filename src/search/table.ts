/** What paths take, a row per path and goal; and their latency at shares of it. Pure. */
import { numberColumn, type TableView, textColumn } from '../page/table-view.ts'
import { baselineOf, type CapacityRatio, capacityRatio } from '../record/capacity.ts'
import type { RateTrial, Search, SearchResult } from '../record/search.ts'
import {
  formatChange,
  formatChangeRange,
  formatCount,
  formatDuration,
  formatNumber,
  formatRate,
  formatShare,
  percentDigits,
} from '../words/numbers.ts'

export function ratioText(ratio: CapacityRatio | undefined): string {
  if (ratio === undefined) return ''
  const digits = percentDigits(ratio.low, ratio.high)
  return `${formatChange(ratio.estimate, digits)} (${formatChangeRange(ratio.low, ratio.high, digits)})`
}

const kpps = (pps: number): string => formatNumber(pps / 1000, pps < 100_000 ? 2 : 1)

/** `430.1 to 432.2`, in thousands of packets/s. */
export function boundsText({ lowerPps, upperPps }: SearchResult): string {
  if (lowerPps === undefined && upperPps === undefined) return 'none'
  if (lowerPps === undefined) return `below ${kpps(upperPps!)}`
  return upperPps === undefined ? `from ${kpps(lowerPps)} on` : `${kpps(lowerPps)} to ${kpps(upperPps)}`
}

export const throughputText = ({ throughputPps }: SearchResult): string =>
  throughputPps === undefined ? '?' : formatRate(throughputPps)

/** The results, in the order of paths. */
export function resultsTable(search: Search): TableView {
  const baseline = baselineOf(search)
  return {
    caption: 'What each path takes: conditional throughput, and the bounds, in thousands of packets a second',
    columns: [
      textColumn('path'),
      textColumn('goal'),
      numberColumn('takes'),
      textColumn('bounds, kpps'),
      textColumn(baseline === undefined ? '' : `to ${baseline} (bounds)`),
    ],
    rows: search.paths.flatMap((path) => {
      const own = search.results.filter((result) => result.path === path.name)
      if (own.length === 0) return [[path.name, path.status, '', '', '']]
      return own.map((result) => [
        path.name,
        result.goal,
        throughputText(result),
        `${boundsText(result)}${result.state === 'irregular' ? ' !' : ''}`,
        ratioText(capacityRatio(search, result)),
      ])
    }),
  }
}

/** A row per path, a column per share: median and 99th percentile. */
export function latencyTable({ latencies, paths }: Search): TableView {
  const shares = [...new Set(latencies.map(({ share }) => share))].toSorted((a, b) => a - b)
  return {
    caption: 'One-way delay at shares of what the path takes: median / 99th percentile',
    columns: [
      textColumn('path'),
      ...shares.map((share) => numberColumn(`at ${formatShare(share, 0)}: p50 / p99`)),
    ],
    rows: paths.flatMap(({ name }) => {
      const own = latencies.filter(({ path }) => path === name)
      if (own.length === 0) return []
      return [
        [
          name,
          ...shares.map((share) => {
            const one = own.find((latency) => latency.share === share)
            return one === undefined ? '' : `${formatDuration(one.p50Ns)} / ${formatDuration(one.p99Ns)}`
          }),
        ],
      ]
    }),
  }
}

const lossOf = ({ loss }: RateTrial): number => loss.notOffered + loss.atSocket + loss.onPath

/** Every load that trials were made at. */
export function loadsTable({ trials }: Search, path: string): TableView {
  const loads = [
    ...Map.groupBy(
      trials.filter((trial) => trial.path === path),
      ({ ratePps }) => ratePps,
    ),
  ].toSorted(([a], [b]) => a - b)
  const sumOf = (own: readonly RateTrial[], of: (trial: RateTrial) => number) =>
    formatCount(own.reduce((sum, trial) => sum + of(trial), 0))
  return {
    caption: `Trials on ${path}, by load`,
    columns: [
      ...['packets/s', 'trials', 'without loss', 'packets', 'not sent in time', 'at a full socket'],
      'on the path',
    ].map(numberColumn),
    rows: loads.map(([ratePps, own]) => [
      formatCount(ratePps),
      formatCount(own.length),
      formatCount(own.filter((trial) => lossOf(trial) === 0).length),
      sumOf(own, ({ packets }) => packets),
      sumOf(own, ({ loss }) => loss.notOffered),
      sumOf(own, ({ loss }) => loss.atSocket),
      sumOf(own, ({ loss }) => loss.onPath),
    ]),
  }
}
