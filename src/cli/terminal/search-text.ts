/** A search, for the terminal. Pure. */
import { kernelRelease } from '../../across/identity.ts'
import type { TableView } from '../../page/table-view.ts'
import type { Search, SearchResult } from '../../record/search.ts'
import { goalSentence, searchSentences } from '../../search/sentences.ts'
import { boundsText, latencyTable, resultsTable, throughputText } from '../../search/table.ts'
import { wallTime } from '../../words/wall-time.ts'
import { textTable } from './text-table.ts'
import { fitted, setIn, wrapped } from './wrap.ts'

/** `stack, ndr: takes 431 kpps (430.1 to 432.0 kpps)`. */
export const foundLine = (result: SearchResult): string =>
  `${result.path}, ${result.goal}: takes ${throughputText(result)} (bounds ${boundsText(result)} kpps)`

/** @param width columns that there are */
export function searchText(search: Search, width: number): string {
  const { scenario, payloadBytes, goals, complete, latencies } = search
  return [
    ...wrapped(
      `${scenario}: what each path takes, UDP ${payloadBytes} B, Linux ${kernelRelease(search)}, ${wallTime(search)}`,
      width,
    ),
    ...goals.flatMap((goal) => setIn(goalSentence(goal), width)),
    '',
    ...tableLines(resultsTable(search), width),
    ...(latencies.length === 0 ? [] : ['', ...tableLines(latencyTable(search), width)]),
    '',
    ...searchSentences(search).flatMap((sentence) => setIn(sentence, width)),
    ...(complete ? [] : ['ended early: what was measured until then is kept']),
  ].join('\n')
}

/** A table of a page, in lines that fit. */
export const tableLines = ({ columns, rows }: TableView, width: number): string[] =>
  textTable(
    columns.map(({ title, isNumeric }) => ({ title, align: isNumeric ? 'right' : 'left' })),
    rows,
  )
    .split('\n')
    .map((line) => fitted(line, width))
