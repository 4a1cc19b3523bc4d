/** What the kernel says of TCP connections (TCP_INFO): a row for each path and load. */
import { trialLabel } from '../../parts/loads/trial-name.ts'
import { median, sum } from 'simple-statistics'
import { numberColumn, type TableView, textColumn } from '../../page/table-view.ts'
import { tcpLoads } from '../../parts/loads/loads.ts'
import type { RunRecord, TrialRecord } from '../../record/record.ts'
import { formatCount, formatDuration, formatShare } from '../../words/numbers.ts'
import { allOrdered } from './path-order.ts'
import { tablesText } from './tables.ts'

export interface TcpView {
  /** A sentence for each load, and one on what connections leave behind. */
  readonly findings: readonly string[]
  readonly table: TableView
}

/** Trials of one load on one path. */
interface Group {
  readonly path: string
  /** Its kind, and its name where it has one. */
  readonly load: string
  readonly trials: readonly TrialRecord[]
}

const tcpKinds = tcpLoads.map(({ kind }) => kind)

const groupsOf = (record: RunRecord): Group[] => {
  const byPath = Map.groupBy(record.trials, ({ path }) => path)
  const all = tcpKinds.flatMap((kind) => {
    const own = record.trials.filter((trial) => trial.kind === kind)
    return [...new Set(own.map(trialLabel))].toSorted()
  })
  return all.flatMap((load) =>
    allOrdered(record).flatMap(({ name: path }) => {
      const trials = (byPath.get(path) ?? []).filter((trial) => trialLabel(trial) === load)
      return trials.length === 0 ? [] : [{ path, load, trials }]
    }),
  )
}

type Counted = 'segments' | 'retransmitted'

const sumOf = (trials: readonly TrialRecord[], field: Counted): number =>
  sum(trials.map((trial) => trial[field] ?? 0))

const deathsOf = (trials: readonly TrialRecord[]): string[] =>
  trials.flatMap(({ tcpError }) => (tcpError === undefined ? [] : [tcpError]))

/** Of trials that are neither warm-up nor ended early; a dash where none has the field. */
function typical(
  trials: readonly TrialRecord[],
  field: 'windowSegments' | 'smoothedRttNs',
  format: (value: number) => string,
): string {
  const values = trials.flatMap((trial) => {
    const value = trial[field]
    return trial.warmup || trial.tcpError !== undefined || value === undefined ? [] : [value]
  })
  return values.length === 0 ? '–' : format(median(values))
}

const shareText = (trials: readonly TrialRecord[]): string => {
  const segments = sumOf(trials, 'segments')
  return segments === 0 ? '–' : formatShare(sumOf(trials, 'retransmitted') / segments, 3)
}

const rowOf = ({ path, load, trials }: Group): string[] => [
  path,
  load,
  formatCount(trials.length),
  formatCount(sumOf(trials, 'segments')),
  formatCount(sumOf(trials, 'retransmitted')),
  shareText(trials),
  typical(trials, 'windowSegments', (value) => formatCount(Math.round(value))),
  typical(trials, 'smoothedRttNs', formatDuration),
  formatCount(deathsOf(trials).length),
]

const resentText = (groups: readonly Group[]): string => {
  const resent = groups.filter(({ trials }) => sumOf(trials, 'retransmitted') > 0)
  if (resent.length === 0) return 'no segment was sent again on any path'
  return `segments were sent again on ${resent.map(({ path, trials }) => `${path} (${formatCount(sumOf(trials, 'retransmitted'))} of ${formatCount(sumOf(trials, 'segments'))})`).join(', ')}`
}

/** What became of calls that were to copy nothing; nothing where there were none. */
const copiedText = (groups: readonly Group[]): string => {
  const all = groups.flatMap(({ trials }) => trials)
  const [sends, copied, open] = [
    sum(all.map(({ zerocopySends = 0 }) => zerocopySends)),
    sum(all.map(({ zerocopyCopied = 0 }) => zerocopyCopied)),
    sum(all.map(({ zerocopySends = 0, zerocopyCompleted = 0 }) => zerocopySends - zerocopyCompleted)),
  ]
  if (sends === 0) return ''
  const left = open > 0 ? `, and of ${formatCount(open)} it did not say` : ''
  return `; of ${formatCount(sends)} calls with MSG_ZEROCOPY the kernel copied the bytes of ${formatCount(copied)} after all${left}`
}

const deadText = (groups: readonly Group[]): string => {
  const dead = groups.flatMap(({ path, trials }) => {
    const deaths = deathsOf(trials)
    return deaths.length === 0
      ? []
      : [`${formatCount(deaths.length)} on ${path} (${[...new Set(deaths)].join('; ')})`]
  })
  return dead.length === 0
    ? 'no connection died'
    : `trials ended early as a connection died: ${dead.join(', ')}`
}

/** Undefined where no load is of TCP. */
export const tcpView = (record: RunRecord): TcpView | undefined => {
  const groups = groupsOf(record)
  if (groups.length === 0) return undefined
  const byLoad = Map.groupBy(groups, ({ load }) => load)
  return {
    findings: [
      ...[...byLoad].map(([load, own]) => `${load}: ${resentText(own)}; ${deadText(own)}${copiedText(own)}.`),
      ...tablesText(record),
    ],
    table: {
      caption:
        'TCP connections by path, segments of both ways and warm-up included; window and RTT are medians over timed trials',
      columns: [
        textColumn('Path'),
        textColumn('Load'),
        numberColumn('Trials'),
        numberColumn('Segments'),
        numberColumn('Retransmitted'),
        numberColumn('Share'),
        numberColumn('Window, segments'),
        numberColumn('RTT'),
        numberColumn('Died'),
      ],
      rows: groups.map(rowOf),
    },
  }
}
