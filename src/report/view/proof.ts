/** What the kernel's counters said about the way of each path's packets, and what work each path skips. */
import type { PathRecord, Proof, RunRecord } from '../../record/record.ts'
import { listed, markedName } from '../../words/delivery-words.ts'
import { formatCount } from '../../words/numbers.ts'
import { alikeBy, namesOf } from './alike.ts'
import { measuredPaths } from './selection.ts'
import { textColumn, type TableView } from '../../page/table-view.ts'

export interface ProofView {
  /** `nat: all 8 hold`; `nat and control: all 8 hold for each`. */
  readonly summary: string
  readonly holds: boolean
  readonly table: TableView
}

const proofColumns = ['Counter', 'Expected', 'Observed', 'Result'].map(textColumn)

/** As the numbers of all other tables: `382,200 (requests)`. */
const withGroupedDigits = (text: string): string =>
  text.replaceAll(/(?<![\d.])\d{4,}(?![\d.])/g, (digits) => formatCount(Number(digits)))

const cellsOf = ({ what, expected, observed, holds }: Proof): string[] => [
  what,
  withGroupedDigits(expected),
  withGroupedDigits(observed),
  holds ? 'holds' : 'does not hold',
]

const proofOf = ({ proof }: PathRecord, names: readonly string[], countOfAll: number): ProofView => {
  const name = namesOf(names, countOfAll)
  const each = names.length > 1 ? ' for each' : ''
  const failed = proof.filter(({ holds }) => !holds).length
  return {
    summary:
      failed === 0
        ? `${name}: all ${String(proof.length)} hold${each}`
        : `${name}: ${String(failed)} of ${String(proof.length)} ${failed === 1 ? 'does' : 'do'} not hold${each}`,
    holds: failed === 0,
    table: {
      caption: `Kernel counters against what is claimed of ${listed(names)}`,
      columns: proofColumns,
      rows: proof.map(cellsOf),
    },
  }
}

/** By path, of those that were proved; those with the same proof together. */
export const proofViews = (record: RunRecord): ProofView[] => {
  const proved = record.paths.filter(({ proof }) => proof.length > 0)
  return alikeBy(proved, ({ proof }) => JSON.stringify(proof)).map(({ members, first }) =>
    proofOf(
      first,
      members.map(({ name }) => name),
      proved.length,
    ),
  )
}

/** More than these are not read in a row. */
const mostRows = 24

/** The proofs of all paths in one table; undefined where there are none, or too many to read in a row. */
export const proofTable = (record: RunRecord): TableView | undefined => {
  const rows = record.paths.flatMap(({ name, proof }) => proof.map((each) => [name, ...cellsOf(each)]))
  const columns = [textColumn('Path'), ...proofColumns]
  return rows.length === 0 || rows.length > mostRows
    ? undefined
    : { caption: "Kernel counters against each path's claim", columns, rows }
}

export interface SkippedWork {
  readonly path: string
  readonly title: string
  readonly skips: readonly string[]
}

/** Paths do not all do equal work: what each leaves out, for those that leave out anything. */
export const skippedWork = (record: RunRecord): SkippedWork[] => {
  const skipping = record.paths.filter(({ skips }) => skips.length > 0)
  return alikeBy(skipping, ({ skips }) => JSON.stringify(skips)).map(({ members, first }) => ({
    path: namesOf(
      members.map(({ name }) => name),
      record.paths.length,
    ),
    title: members.length === 1 ? first.title : '',
    skips: first.skips,
  }))
}

export interface FloodLimit {
  readonly path: string
  readonly sentence: string
}

/** Which part of each path limited the flood, of those whose figures count. */
export const floodLimits = (record: RunRecord): FloodLimit[] => {
  const measured = new Set(measuredPaths(record).map(({ name }) => name))
  const limits = record.derived.floodLimit
    .filter(({ path }) => measured.has(path))
    .map(({ path, trial, limitedBy, why }) => ({
      path: markedName(record, path),
      sentence: `${trial === undefined ? '' : `flood ${trial} `}limited by the ${limitedBy}: ${why}`,
    }))
  return alikeBy(limits, ({ sentence }) => sentence).map(({ members, first }) => ({
    path: namesOf(
      members.map(({ path }) => path),
      measured.size,
    ),
    sentence: first.sentence,
  }))
}
