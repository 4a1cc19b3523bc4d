/** What a run has found of many candidates: paths down and metrics across. Pure. */
import { namedFigure } from '../../parts/loads/trial-name.ts'
import { ownCosts, ownCostTrial } from '../../record/own-cost.ts'
import { isDecided } from '../../record/conclusion.ts'
import { shortNoun } from '../../record/metric-words.ts'
import type { PathRecord, RunRecord } from '../../record/record.ts'
import { markOf } from '../../words/delivery-words.ts'
import { formatChange, formatDuration, percentDigits } from '../../words/numbers.ts'
import { deviceUnderTestOf } from '../../report/view/device-under-test.ts'
import { allOrdered } from '../../report/view/path-order.ts'
import { headlineComparisonsOf } from '../../report/view/selection.ts'
import { fateOf } from '../../report/view/outcome.ts'
import { verdictMarks, verdictMarksMeaning } from '../../words/verdict-marks.ts'
import { styled } from './output.ts'
import { textTable } from './text-table.ts'
import { fitted, textWidth } from './wrap.ts'
import { fateStyles, mostNameWidth } from './glance-line.ts'

/** What each takes per packet beyond the floor; nothing where that is known of none. */
function costColumn(record: RunRecord, names: readonly string[]): string[][] {
  const costs = ownCosts(record)
  if (!names.some((name) => costs.has(name))) return []
  const text = (ns: number | undefined) => (ns === undefined ? '' : formatDuration(ns))
  return [
    [
      deviceUnderTestOf(record),
      `cost${ownCostTrial(record)}`,
      ...names.map((name) => text(costs.get(name)?.estimate)),
    ],
  ]
}

/**
 * Paths down, those that cost least first, and metrics across, a few characters each; in several tables where one is too
 * wide.
 */
export function manyLines(record: RunRecord, unsorted: readonly PathRecord[], width: number): string[] {
  const candidates = allOrdered(record).filter((path) => unsorted.includes(path))
  const names = candidates.map(({ name }) => name)
  const nameWidth = Math.min(mostNameWidth, Math.max(...names.map(textWidth)))
  const metrics = new Set(
    names.flatMap((name) => headlineComparisonsOf(record, name).map(({ metric }) => metric)),
  )
  // Where the router's own cost is known, the sender's CPU time says no more.
  const costs = costColumn(record, names)
  const marks = names.map((name) => markOf(record, name) ?? '')
  const columns = [
    ...(marks.some((mark) => mark !== '')
      ? [['', '', ...marks.map((mark) => fitted(mark, mostNameWidth))]]
      : []),
    ...costs,
    ...[...metrics]
      .filter(
        (metric) =>
          costs.length === 0 || metric !== namedFigure('costNs', record.derived.routerCost[0]?.trial),
      )
      .map((metric) => [
        ...twoLines(shortNoun(metric)),
        ...candidates.map((path) => cell(record, path, metric)),
      ]),
  ]
  const [first = [], ...others] = inTables(columns, width - nameWidth)
  const tables = candidates.length > manyRows ? [first] : [first, ...others]
  const left = columns.length - tables.flat().length
  const lines = tables.map((own) => {
    const rows = ['', '', ...names].map((name, row) => [
      fitted(name, nameWidth),
      ...own.map((cells) => cells[row] ?? ''),
    ])
    const titles = (rows[0] ?? []).map((title, column) => ({
      title,
      align: column === 0 ? ('left' as const) : ('right' as const),
    }))
    return textTable(titles, rows.slice(1))
  })
  const more = left === 0 ? '' : `; ${left} more metrics: --verbose`
  return [...lines.join('\n\n').split('\n'), fitted(`${verdictMarksMeaning}${more}`, width)]
}

/** From so many candidates on, what does not fit beside the first metrics is left to --verbose. */
const manyRows = 12

/** `paced delay` over `p90`: what a metric is of, and below it which. */
function twoLines(noun: string): [string, string] {
  const [, statistic = '', distribution = ''] = /^(p\d+) (.*)$/.exec(noun) ?? []
  if (statistic !== '') return [distribution.replace(/ .*/, ''), statistic]
  const [head = '', ...rest] = noun.split(/(?<=[ ])|(?=\/)/)
  return [head.trim(), rest.join('').trim()]
}

/** Columns, as many together as fit into `width`. */
function inTables(columns: readonly (readonly string[])[], width: number): (readonly string[])[][] {
  const tables: (readonly string[])[][] = []
  let room = 0
  for (const column of columns) {
    const wanted = 2 + Math.max(...column.map(textWidth))
    if (tables.length === 0 || wanted > room) {
      tables.push([])
      room = width
    }
    tables.at(-1)?.push(column)
    room -= wanted
  }
  return tables
}

function cell(record: RunRecord, path: PathRecord, metric: string): string {
  const fate = fateOf(record, path)
  if (fate === 'invalid' || fate === 'skipped') return styled(fateStyles[fate], fate)
  const comparison = headlineComparisonsOf(record, path.name).find((one) => one.metric === metric)
  if (comparison === undefined) return '–'
  if (!isDecided(comparison)) return styled('yellow', verdictMarks.inconclusive)
  const { verdict, ratio } = comparison
  if (verdict === 'equivalent') return styled('cyan', verdictMarks.equivalent)
  const change = formatChange(ratio.estimate, percentDigits(ratio.low, ratio.high))
  return styled(verdict === 'faster' ? 'green' : 'red', `${change}${verdictMarks[verdict]}`)
}
