/** Two sweeps beside each other, for the terminal. Pure. */
import type { ComparedSweeps } from '../../sweep/compared.ts'
import {
  changeSentences,
  headlineOf,
  noiseSentences,
  notComparedSentences,
  pointsTable,
} from '../../sweep/compared-words.ts'
import { tableLines } from './search-text.ts'
import { setIn, wrapped } from './wrap.ts'

/** @param width columns that there are */
export function comparedSweepsText(compared: ComparedSweeps, width: number): string {
  const { scenario, first, second, differences } = compared
  // Throughput and medians: what there is room for, and the first look is for.
  const table = pointsTable(compared, (metric) => metric.endsWith('Pps') || metric.endsWith('.p50'))
  return [
    ...wrapped(`${scenario}: ${headlineOf(compared)}`, width),
    ...wrapped(`from ${first} to ${second}`, width),
    '',
    ...tableLines(table, width),
    ...paragraph('', changeSentences(compared), width),
    ...paragraph('not compared:', notComparedSentences(compared), width),
    ...paragraph('noise:', noiseSentences(compared), width),
    ...paragraph(`different from ${first}, and so a possible cause:`, differences, width),
  ].join('\n')
}

function paragraph(title: string, lines: readonly string[], width: number): string[] {
  if (lines.length === 0) return []
  const indented = lines.flatMap((line) => setIn(line, width - 2).map((one) => `  ${one}`))
  return title === ''
    ? ['', ...lines.flatMap((line) => setIn(line, width))]
    : ['', ...wrapped(title, width), ...indented]
}
