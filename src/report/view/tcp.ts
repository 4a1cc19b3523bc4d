/** What TCP did on each path while its figures were taken: segments, what was sent again, windows, connections that died. */
import { quantileSorted, sum } from 'simple-statistics'
import type { RunRecord, TrialRecord } from '../../record/record.ts'
import { formatCount, formatShare } from '../../words/numbers.ts'
import { numberColumn, textColumn, type TableView } from '../../page/table-view.ts'

export interface TcpView {
  readonly finding: string
  readonly table: TableView
}

/** A path with a kind of load of TCP, and its trials that count. */
interface Trials {
  readonly path: string
  readonly kind: string
  readonly trials: readonly TrialRecord[]
}

const segmentsOf = ({ trials }: Trials): number => sum(trials.map(({ segments = 0 }) => segments))
const sentAgain = ({ trials }: Trials): number => sum(trials.map(({ retransmitted = 0 }) => retransmitted))
const died = ({ trials }: Trials): number => trials.filter(({ tcpError }) => tcpError !== undefined).length

/** Undefined where no load was of TCP. */
export const tcpView = ({ paths, trials }: RunRecord): TcpView | undefined => {
  const ofTcp = trials.filter(({ warmup, segments }) => !warmup && segments !== undefined)
  if (ofTcp.length === 0) return undefined
  const byPath = Map.groupBy(ofTcp, ({ path }) => path)
  // Trials ran in random order; rows have one that stays.
  const groups = paths.flatMap(({ name }) => {
    const byKind = Map.groupBy(byPath.get(name) ?? [], ({ kind }) => kind)
    return [...byKind.keys()]
      .toSorted()
      .map((kind): Trials => ({ path: name, kind, trials: byKind.get(kind) ?? [] }))
  })
  return { finding: findingOf(groups), table: tableOf(groups) }
}

function findingOf(groups: readonly Trials[]): string {
  const [again, dead] = [sum(groups.map(sentAgain)), sum(groups.map(died))]
  if (again === 0 && dead === 0) return 'No segment was sent again, and no connection died.'
  const most = groups.reduce((one, other) => (shareAgain(other) > shareAgain(one) ? other : one))
  const sent =
    again === 0
      ? 'No segment was sent again'
      : `Segments that were sent again: ${formatCount(again)}, the largest share (${formatShare(shareAgain(most), 2)}) on ${most.path} by ${most.kind}`
  return `${sent}; ${dead === 0 ? 'no connection died' : `trials in which a connection died: ${formatCount(dead)}`}.`
}

const shareAgain = (group: Trials): number => sentAgain(group) / Math.max(1, segmentsOf(group))

/** Median, and from the tenth to the ninetieth percentile, segments. */
function windowText({ trials }: Trials): string {
  const windows = trials.flatMap(({ windowSegments }) => windowSegments ?? []).toSorted((a, b) => a - b)
  if (windows.length === 0) return ''
  const [low, middle, high] = [0.1, 0.5, 0.9].map((share) =>
    formatCount(Math.round(quantileSorted(windows, share))),
  )
  return low === high ? `${middle}` : `${middle} (${low} to ${high})`
}

const tableOf = (groups: readonly Trials[]): TableView => ({
  caption:
    'Of trials that count, by TCP_INFO of both ends; the congestion window as it is when a trial ends: median, and from the 10th to the 90th percentile',
  columns: [
    textColumn('Path'),
    textColumn('Load'),
    numberColumn('Trials'),
    numberColumn('Segments'),
    numberColumn('Sent again'),
    numberColumn('Window, segments'),
    numberColumn('Died'),
  ],
  rows: groups.map((group) => [
    group.path,
    group.kind,
    formatCount(group.trials.length),
    formatCount(segmentsOf(group)),
    formatCount(sentAgain(group)),
    windowText(group),
    formatCount(died(group)),
  ]),
})
