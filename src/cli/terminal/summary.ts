/** What a run has found, for the terminal: a table, what went wrong, a sentence for each comparison, and warnings. Pure. */
import { metricWords } from '../../record/metric-words.ts'
import { metricsAmong } from '../../record/metrics.ts'
import type { Comparison, RunRecord, Verdict } from '../../record/record.ts'
import { withMark } from '../../words/delivery-words.ts'
import { formatChange, formatChangeRange, formatInterval, percentDigits } from '../../words/numbers.ts'
import { emptyHanded } from '../../report/view/empty-handed.ts'
import { measuredPaths } from '../../report/view/selection.ts'
import { tcpView } from '../../report/view/tcp.ts'
import { heldAgainst } from '../../report/view/yardstick.ts'
import {
  candidateFindings,
  controlFindings,
  type Finding,
  type Notice,
  noticesOf,
} from '../../report/view/verdicts.ts'
import { styled } from './output.ts'
import { textTable } from './text-table.ts'

type Style = Parameters<typeof styled>[0]

const verdictStyles: Readonly<Record<Verdict, Style>> = {
  faster: 'green',
  slower: 'red',
  equivalent: 'cyan',
  inconclusive: 'yellow',
}

/** A ratio as a signed percentage with its interval, coloured by its verdict. */
function ratioCell(
  { ratio: { estimate, low, high }, verdict }: Comparison,
  mark: (text: string) => string,
): string {
  const digits = percentDigits(low, high)
  const change = formatChange(estimate, digits)
  const text = low === null || high === null ? change : `${change} (${formatChangeRange(low, high, digits)})`
  return styled(verdictStyles[verdict], mark(text))
}

/** Headline metrics down, paths across: the baseline's own figures, the others' ratios to it. */
function summaryTable(record: RunRecord): string {
  const { estimates, comparisons } = record
  const measured = measuredPaths(record)
  const headline = metricsAmong([...estimates, ...comparisons].map(({ metric }) => metric)).filter(
    (metric) => metric.headline,
  )
  const rows = headline.flatMap(({ name }) => {
    const cells = measured.map((path) => {
      const mark = (text: string): string => withMark(record, path.name, text)
      const comparison = comparisons.find((one) => one.path === path.name && one.metric === name)
      if (comparison !== undefined) return ratioCell(comparison, mark)
      const estimate = estimates.find((one) => one.path === path.name && one.metric === name)
      return estimate === undefined ? '' : mark(formatInterval(estimate.unit, estimate).value)
    })
    return cells.every((cell) => cell === '') ? [] : [[metricWords(name).noun, ...cells]]
  })
  if (rows.length === 0) return ''
  return textTable(
    [
      { title: '', align: 'left' },
      ...measured.map(({ name, role }) => ({
        title: `${name} (${againstWords(heldAgainst(record, name)) ?? role})`,
        align: 'right' as const,
      })),
    ],
    rows,
  )
}

const againstWords = (path: string | undefined): string | undefined =>
  path === undefined ? undefined : `against ${path}`

/** Words at the start of a line, before what they are about. */
const tagWidth = 12

const tagged = (style: Style, tag: string, text: string): string =>
  `${styled(style, tag.padEnd(tagWidth))}  ${text}`

/** Why a path has no verdict, and below it where its packets went, a line each. */
const noticeLines = ({ kind, title, texts, diagnosis = [] }: Notice): string[] => [
  tagged(kind === 'skipped' ? 'yellow' : 'red', kind, `${title}: ${texts.join(' ')}`),
  ...diagnosis.map((line) => `${' '.repeat(tagWidth)}  ${line}`),
]

const sentenceLine = ({ verdict, word, sentence }: Finding): string =>
  tagged(verdictStyles[verdict], word, sentence)

/** One sentence for each headline metric of a candidate, and one for the control. */
const sentences = (record: RunRecord): string[] => [
  ...candidateFindings(record).flatMap(({ told, untold }) => [
    ...told.map(sentenceLine),
    ...(untold === undefined ? [] : [tagged('yellow', 'inconclusive', untold)]),
  ]),
  ...controlFindings(record).flatMap(({ findings }) => findings.slice(0, 1).map(sentenceLine)),
]

/** The warnings of a run, as lines. */
export const warningLines = ({ warnings }: RunRecord, stream: NodeJS.WriteStream): string[] =>
  warnings.map(({ message }) => `${styled('yellow', 'warning', stream)}  ${message}`)

/** The whole summary. */
export function summary(record: RunRecord): string {
  const nothing = emptyHanded(record)
  const troubles = noticesOf(record).filter(({ kind }) => kind !== 'partial')
  const parts = [
    ...(nothing === undefined ? [] : [styled('red', nothing)]),
    summaryTable(record),
    troubles.flatMap(noticeLines).join('\n'),
    sentences(record).join('\n'),
    (tcpView(record)?.findings ?? []).join('\n'),
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}
