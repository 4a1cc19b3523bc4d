/** Which runs of a scenario make one line: those of a host, as another's ratios are other ones. Pure. */
import { notRecorded } from '../across/identity.ts'
import type { HistoryEntry } from './history-entry.ts'

export interface Line {
  /** Undefined where there is one host, and nothing to tell apart. */
  readonly host?: string
  readonly runs: readonly HistoryEntry[]
}

/**
 * A line for each host, in the order of their names. Runs that do not say where they were measured, such as those of
 * earlier versions, are the one host's where there is one, and else a line of their own.
 */
export function linesOf(entries: readonly HistoryEntry[]): Line[] {
  const named = new Set(entries.flatMap(({ host }) => (host === undefined ? [] : [host])))
  if (named.size <= 1) return [{ runs: entries }]
  return [...Map.groupBy(entries, ({ host }) => host ?? notRecorded)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([host, runs]) => ({ host, runs }))
}
