/** What connections left behind when rounds were over, in a sentence: sockets in TIME_WAIT, connections that are tracked. */
import type { ConnectionTables, PathRecord, RunRecord } from '../../record/record.ts'
import { listed } from '../../words/delivery-words.ts'
import { formatCount } from '../../words/numbers.ts'
import { allOrdered } from './path-order.ts'

/** From this share of what there may be on, that is told, too. */
const worthTelling = 0.1

/** What a namespace had most of, with its bound where that is near: `164 in netns-3`, `none in netns-1`. */
function placeText(
  namespace: string,
  rows: readonly ConnectionTables[],
  of: (row: ConnectionTables) => readonly [held: number | undefined, most: number | undefined],
): string[] {
  const held = rows.map(of).flatMap(([count, most = 0]) => (count === undefined ? [] : [{ count, most }]))
  const [top] = held.toSorted((one, other) => other.count - one.count)
  if (top === undefined) return []
  const bound = top.count < top.most * worthTelling ? '' : ` of ${formatCount(top.most)}`
  return [`${top.count === 0 ? 'none' : formatCount(top.count)}${bound} in ${namespace}`]
}

const pathText = ({ name, tables = [] }: PathRecord): string[] => {
  const places = [...Map.groupBy(tables, ({ namespace }) => namespace)]
  const waiting = places.flatMap(([namespace, rows]) =>
    placeText(namespace, rows, ({ timeWait, timeWaitMost }) => [timeWait, timeWaitMost]),
  )
  const tracked = places.flatMap(([namespace, rows]) =>
    placeText(namespace, rows, ({ tracked: count, trackedMost }) => [count, trackedMost]),
  )
  const parts = [
    ...(waiting.length === 0 ? [] : [`sockets in TIME_WAIT ${listed(waiting)}`]),
    ...(tracked.length === 0 ? [] : [`connections in conntrack ${listed(tracked)}`]),
  ]
  return parts.length === 0 ? [] : [`${name}: ${parts.join(', ')}`]
}

/** None where no load opens a connection for each transaction. */
export function tablesText(record: RunRecord): string[] {
  const paths = allOrdered(record).flatMap(pathText)
  return paths.length === 0 ? [] : [`Left at the end of a round, at most: ${paths.join('; ')}.`]
}
