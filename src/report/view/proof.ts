/** What the kernel's counters said about the way of each path's packets, and what work each path skips. */
import type { RunRecord } from '../../results/record.ts'
import { textColumn, type TableView } from './table.ts'

/** Undefined where no path was proved. */
export const proofTable = (record: RunRecord): TableView | undefined => {
  const rows = record.paths.flatMap(({ name, proof }) =>
    proof.map(({ what, expected, observed, holds }) => [
      name,
      what,
      expected,
      observed,
      holds ? 'holds' : 'does not hold',
    ]),
  )
  const columns = ['Path', 'Counter', 'Expected', 'Observed', 'Result'].map(textColumn)
  return rows.length === 0
    ? undefined
    : { caption: "Kernel counters against each path's claim", columns, rows }
}

export interface SkippedWork {
  readonly path: string
  readonly title: string
  readonly skips: readonly string[]
}

/** Paths do not all do equal work: what each leaves out, for those that leave out anything. */
export const skippedWork = (record: RunRecord): SkippedWork[] =>
  record.paths.flatMap(({ name, title, skips }) => (skips.length === 0 ? [] : [{ path: name, title, skips }]))

export interface FloodLimit {
  readonly path: string
  readonly sentence: string
}

/** Which part of each path limited the flood. */
export const floodLimits = (record: RunRecord): FloodLimit[] =>
  record.derived.floodLimit.map(({ path, limitedBy, why }) => ({
    path,
    sentence: `limited by the ${limitedBy}: ${why}`,
  }))
