/** What the programs of each path cost by themselves. */
import type { RunRecord } from '../../record/record.ts'
import { formatCount, formatInterval } from '../../words/numbers.ts'
import type { LevelsView } from './levels.ts'
import type { PathStyle } from './path-style.ts'
import { numberColumn, textColumn } from '../../page/table-view.ts'

type ProgramCost = NonNullable<RunRecord['derived']['programCost']>[number]

const pathView = ({ name, colour }: PathStyle, costs: readonly ProgramCost[], most: number): LevelsView => {
  const rows = costs.map((cost) => {
    const { value, range = 'none' } = formatInterval(cost.unit, cost)
    const { program, estimate, low, high, n } = cost
    return { name: program, colour, estimate, low, high, label: value, range, n: formatCount(n) }
  })
  return {
    title: name,
    direction: 'one run, beyond that of a program that does nothing; less is better',
    inWords: `One run of each program of ${name}: ${rows.map((row) => `${row.name} ${row.label}`).join('; ')}.`,
    rows,
    most,
    table: {
      caption: `Cost of a run of the programs of ${name}, with 95 % interval`,
      columns: [
        textColumn('Program'),
        numberColumn('Estimate'),
        numberColumn('Interval'),
        numberColumn('Values'),
      ],
      rows: rows.map((row) => [row.name, row.label, row.range, row.n]),
    },
  }
}

/** Bars for each path's programs, all on one scale. */
export const programCostViews = (record: RunRecord, styles: readonly PathStyle[]): LevelsView[] => {
  const costs = record.derived.programCost ?? []
  const most = Math.max(0, ...costs.map(({ estimate, high }) => high ?? estimate))
  return styles.flatMap((style) => {
    const own = costs.filter(({ path }) => path === style.name)
    return own.length === 0 ? [] : [pathView(style, own, most)]
  })
}
