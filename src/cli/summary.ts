/** What a run has found, for the terminal: a table, a sentence for each comparison, and warnings. Pure. */
import { metrics } from '../results/metrics.ts'
import type { Comparison, RunRecord, Verdict } from '../results/record.ts'
import { formatChange, formatChangeRange, formatInterval, percentDigits } from '../report/format.ts'
import { metricWords } from '../results/metric-words.ts'
import { candidateFindings, controlFindings } from '../report/view/verdicts.ts'
import { styled } from './output.ts'
import { textTable } from './text-table.ts'

const verdictStyles: Readonly<Record<Verdict, Parameters<typeof styled>[0]>> = {
  faster: 'green',
  slower: 'red',
  equivalent: 'cyan',
  inconclusive: 'yellow',
}

const headline = metrics.filter((metric) => metric.headline)

/** A ratio as a signed percentage with its interval, coloured by its verdict. */
function ratioCell({ ratio: { estimate, low, high }, verdict }: Comparison): string {
  const digits = percentDigits(low, high)
  const change = formatChange(estimate, digits)
  const text = low === null || high === null ? change : `${change} (${formatChangeRange(low, high, digits)})`
  return styled(verdictStyles[verdict], text)
}

/** Headline metrics down, paths across: the baseline's own figures, the others' ratios to it. */
function summaryTable({ paths, estimates, comparisons }: RunRecord): string {
  const measured = paths.filter(({ status }) => status === 'measured')
  const rows = headline.flatMap(({ name }) => {
    const cells = measured.map((path) => {
      const comparison = comparisons.find((one) => one.path === path.name && one.metric === name)
      if (comparison !== undefined) return ratioCell(comparison)
      const estimate = estimates.find((one) => one.path === path.name && one.metric === name)
      return estimate === undefined ? '' : formatInterval(estimate.unit, estimate).value
    })
    return cells.every((cell) => cell === '') ? [] : [[metricWords(name).noun, ...cells]]
  })
  if (rows.length === 0) return ''
  return textTable(
    [
      { title: '', align: 'left' },
      ...measured.map(({ name, role }) => ({ title: `${name} (${role})`, align: 'right' as const })),
    ],
    rows,
  )
}

/** One sentence for each headline metric of a candidate, and one for the control. */
function sentences(record: RunRecord): string[] {
  const findings = [
    ...candidateFindings(record).flatMap((path) => path.findings),
    ...controlFindings(record).flatMap((path) => path.findings.slice(0, 1)),
  ]
  return findings.map(
    ({ verdict, sentence }) => `${styled(verdictStyles[verdict], verdict.padEnd(12))}  ${sentence}`,
  )
}

/** The warnings of a run, as lines. */
export const warningLines = ({ warnings }: RunRecord, stream: NodeJS.WriteStream): string[] =>
  warnings.map(({ message }) => `${styled('yellow', 'warning', stream)}  ${message}`)

/** The whole summary. */
export function summary(record: RunRecord): string {
  const parts = [summaryTable(record), sentences(record).join('\n')]
  return parts.filter((part) => part !== '').join('\n\n')
}
