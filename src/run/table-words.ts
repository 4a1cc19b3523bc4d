/** Tables that connections have filled, or nearly: why paths are invalid, and warnings. Pure. */
import type { ConnectionTables, PathRecord, RunRecord } from '../record/record.ts'

/** From this share on, what a table may hold decides what is measured, or soon will. */
const nearlyFull = 0.9

type Row = Omit<ConnectionTables, 'round'>

const shareOf = (held = 0, most = 0): number => (most === 0 ? 0 : held / most)

/** A reason why a path is invalid, and behind it the tables of connections that were full by then. */
export const withFullTables = (reason: string, rows: readonly Row[]): string =>
  [reason, ...rows.flatMap(fullText)].join('; ')

function fullText({ namespace, tracked, trackedMost, untrackable = 0 }: Row): string[] {
  if (shareOf(tracked, trackedMost) < nearlyFull) return []
  const dropped =
    untrackable === 0 ? '' : `, and dropped ${untrackable} packets whose connections it could not track`
  return [
    `conntrack of ${namespace} held ${tracked} of ${trackedMost} connections${dropped}: ${lessTracked(namespace)}`,
  ]
}

const lessTracked = (namespace: string): string =>
  `raise net.netfilter.nf_conntrack_max on the host, track less there (notrack), or forget ended connections sooner (net.netfilter.nf_conntrack_tcp_timeout_time_wait in ${namespace})`

/** Of each path and namespace whose table was nearly full at the end of a round, by the fullest. */
export const tableWarnings = (paths: readonly Pick<PathRecord, 'name' | 'tables'>[]): RunRecord['warnings'] =>
  paths.flatMap(({ name, tables = [] }) =>
    [...Map.groupBy(tables, ({ namespace }) => namespace)].flatMap(([namespace, rows]) => {
      const tracked = fullest(rows, (row) => shareOf(row.tracked, row.trackedMost))
      const waiting = fullest(rows, (row) => shareOf(row.timeWait, row.timeWaitMost))
      return [
        ...(tracked === undefined
          ? []
          : [
              warning(
                `${name}: conntrack of ${namespace} held ${tracked.tracked} of ${tracked.trackedMost} connections at the end of a round, and drops new ones when it is full: ${lessTracked(namespace)}`,
              ),
            ]),
        ...(waiting === undefined
          ? []
          : [
              warning(
                `${name}: ${waiting.timeWait} of ${waiting.timeWaitMost} sockets that may be in TIME_WAIT in ${namespace} were at the end of a round, and further ones are closed without it, which is less work: raise net.ipv4.tcp_max_tw_buckets there, or measure fewer connections a round`,
              ),
            ]),
      ]
    }),
  )

const warning = (message: string): RunRecord['warnings'][number] => ({ code: 'table-nearly-full', message })

/** The row of the greatest share, where that is of a table that is nearly full. */
function fullest(
  rows: readonly ConnectionTables[],
  share: (row: ConnectionTables) => number,
): ConnectionTables | undefined {
  const [first] = rows.toSorted((one, other) => share(other) - share(one))
  return first !== undefined && share(first) >= nearlyFull ? first : undefined
}
