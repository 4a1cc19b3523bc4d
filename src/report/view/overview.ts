/** Every path of many in one row: what it costs, what it delivers, how long that takes, and what became of it. */
import { ownCosts, ownCostTrial } from '../../record/own-cost.ts'
import { leadMetrics } from '../../record/lead-metrics.ts'
import { shortNoun } from '../../record/metric-words.ts'
import type { PathRecord, RunRecord } from '../../record/record.ts'
import { markOf } from '../../words/delivery-words.ts'
import { capitalised, formatChange, formatInterval, percentDigits } from '../../words/numbers.ts'
import { numberColumn, textColumn, type TableView } from '../../page/table-view.ts'
import { deviceUnderTestOf } from './device-under-test.ts'
import { type Fate, fateOf, fateWord } from './outcome.ts'
import { allOrdered } from './path-order.ts'

export interface OverviewRow {
  readonly fate: Fate | 'yardstick'
  /** As many as the table has columns; the last is the word for the fate. */
  readonly cells: readonly string[]
}

export interface Overview {
  readonly caption: string
  readonly columns: TableView['columns']
  readonly rows: readonly OverviewRow[]
}

const estimateCell = ({ estimates }: RunRecord, path: string, metric: string): string => {
  const found = estimates.find((one) => one.path === path && one.metric === metric)
  return found === undefined ? '–' : formatInterval(found.unit, found).value
}

const costCells = (record: RunRecord, path: string): string[] => {
  const cost = ownCosts(record).get(path)
  if (cost === undefined) return ['–', '–', '–']
  const { value, range } = formatInterval(cost.unit, cost)
  const { ratioToBaseline: ratio } = cost
  const change = ratio === null ? '–' : formatChange(ratio.estimate, percentDigits(ratio.low, ratio.high))
  return [value, range ?? '–', change]
}

const fateFor = (record: RunRecord, path: PathRecord): Fate | 'yardstick' =>
  path.role === 'candidate' ? fateOf(record, path) : 'yardstick'

const roleWords = { baseline: 'baseline', candidate: '', control: 'control', floor: 'floor' } as const

const fateText = (record: RunRecord, path: PathRecord): string => {
  const fate = fateFor(record, path)
  const lost = markOf(record, path.name)
  const words = fate === 'yardstick' ? roleWords[path.role] : fateWord(fate)
  return lost === undefined ? words : `${words}, ${lost}`
}

/** Sorted by own cost; paths without figures at the end, with what became of them. */
export const overviewOf = (record: RunRecord): Overview => {
  const hasCost = record.derived.routerCost.length > 0
  const metrics = leadMetrics(record.estimates.map(({ metric }) => metric))
  const middle = capitalised(deviceUnderTestOf(record))
  const row = (path: PathRecord): OverviewRow => ({
    fate: fateFor(record, path),
    cells: [
      path.name,
      ...metrics.map((metric) => estimateCell(record, path.name, metric)),
      fateText(record, path),
    ].toSpliced(1, 0, ...(hasCost ? costCells(record, path.name) : [])),
  })
  return {
    caption: hasCost
      ? `All paths, by the ${middle.toLowerCase()}’s own cost: what a packet takes beyond the floor`
      : 'All paths',
    columns: [
      textColumn('Path'),
      ...(hasCost
        ? [
            numberColumn(`${middle}’s cost${ownCostTrial(record)}`),
            numberColumn('95 %'),
            numberColumn('to baseline'),
          ]
        : []),
      ...metrics.map((metric) => numberColumn(shortNoun(metric))),
      textColumn('Verdict'),
    ],
    rows: allOrdered(record).map(row),
  }
}
