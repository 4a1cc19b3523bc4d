/** Several runs beside each other, for the terminal. Pure. */
import { type CompareView } from '../../report/compare-view.ts'
import { roomForResults, styled } from './output.ts'
import { textTable } from './text-table.ts'

const styleOf = (cell: string): Parameters<typeof styled>[0] | undefined => {
  if (cell.endsWith('changed, better')) return 'green'
  if (cell.endsWith('changed, worse') || cell.endsWith('changed, missing')) return 'red'
  if (cell.includes('same within')) return 'cyan'
  return cell.endsWith('not decided') ? 'yellow' : undefined
}

const coloured = (cell: string): string => {
  const style = styleOf(cell)
  return style === undefined ? cell : styled(style, cell)
}

/** At this width there is room for the names of two runs as titles; else they have numbers. */
const widthForNames = 140

/** Of each run the commit and the programs: one line per run. @param titles what the table calls them */
const runLines = ({ columns, rows }: CompareView['runs'], titles: ReadonlyMap<string, string>): string => {
  const [name, commit, programs] = ['Name', 'Commit', 'Programs'].map((title) =>
    columns.findIndex((column) => column.title === title),
  )
  const cellOf = (row: readonly string[], index = -1) => row[index] ?? ''
  return rows
    .map((row) => {
      const run = cellOf(row, name)
      const title = titles.get(run)
      return `${title === undefined ? '' : `${title} is `}${run}: commit ${cellOf(row, commit)}; programs ${cellOf(row, programs)}`
    })
    .join('\n')
}

/** The table of candidates' headline metrics, and for each run what it comes to and what else is different. */
export function compareText({ runs, mainRatios, changes, first }: CompareView): string {
  const names = runs.rows.map(([name = '']) => name)
  const titles = new Map(
    roomForResults() < widthForNames ? names.map((name, index) => [name, `run ${index + 1}`]) : [],
  )
  const table = textTable(
    mainRatios.columns.map(({ title, isNumeric }) => ({
      title: titles.get(title) ?? title,
      align: isNumeric ? 'right' : 'left',
    })),
    mainRatios.rows.map((row) => row.map(coloured)),
  )
  const paragraphs = changes.map(({ headline, missing, caveats, notCompared, differences }) =>
    [
      styled('bold', headline),
      ...missing.map((line) => `  missing now: ${line}`),
      ...notCompared.map((line) => `  not compared: ${line}`),
      ...caveats.map((line) => `  note: ${line}`),
      ...(differences.length === 0
        ? ['  machine, kernel, tools, programs, scenario and load are the same']
        : [
            `  different from ${first}, and so a possible cause:`,
            ...differences.map((line) => `    ${line}`),
          ]),
    ].join('\n'),
  )
  return [table, runLines(runs, titles), ...paragraphs].join('\n\n')
}
