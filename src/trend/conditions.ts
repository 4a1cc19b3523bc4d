/** What changed around the runs, which may be why their ratios did. */
import type { HistoryEntry } from './history-entry.ts'

export interface ConditionsChange {
  /** Index of the first run under the new conditions. */
  readonly run: number
  /** In words, e.g. `kernel 6.1.0 → 6.6.2`. */
  readonly changes: readonly string[]
}

/** Where the conditions of a run differ from those of the run before it. */
export function conditionsChanges(runs: readonly HistoryEntry[]): ConditionsChange[] {
  return runs.flatMap(({ conditions }, run) => {
    const before = runs[run - 1]?.conditions
    if (before === undefined || before === conditions) return []
    const changes = differences(before, conditions)
    return changes.length === 0 ? [] : [{ run, changes }]
  })
}

function differences(before: HistoryEntry['conditions'], after: HistoryEntry['conditions']): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => before[name] !== after[name])
    .map((name) => inWords(name, before[name], after[name]))
}

/** A digest says that something changed, and not to what. */
function inWords(name: string, before: string | undefined, after: string | undefined): string {
  if (before?.startsWith('sha256:') === true || after?.startsWith('sha256:') === true)
    return `${name} changed`
  return `${name} ${before ?? 'not known'} → ${after ?? 'not known'}`
}
