/** Several runs beside each other, for the terminal. Pure. */
import { type CompareView } from '../../report/compare-view.ts'
import { styled } from './output.ts'
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

/** The table of candidates' headline metrics, and for each run what it comes to and what else is different. */
export function compareText({ mainRatios, changes, first }: CompareView): string {
  const table = textTable(
    mainRatios.columns.map(({ title, isNumeric }) => ({ title, align: isNumeric ? 'right' : 'left' })),
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
  return [table, ...paragraphs].join('\n\n')
}
