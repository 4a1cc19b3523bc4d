/** Markdown for a comment on a pull request or a job's summary: what was found, and what to know about it. */
import { byMetric } from '../record/metrics.ts'
import { formatChange, formatChangeRange, formatInterval, percentDigits } from '../words/numbers.ts'
import { markOf } from '../words/delivery-words.ts'
import { payloadWords } from '../words/payload-words.ts'
import { emptyHanded } from '../report/view/empty-handed.ts'
import { verdictText } from '../words/sentences.ts'
import { candidateFindings, controlFindings, noticesOf } from '../report/view/verdicts.ts'
import { metricWords } from '../record/metric-words.ts'
import { otherEngineOf } from '../record/engine.ts'
import { otherSinkOf } from '../record/sink.ts'
import type { Comparison, RunRecord } from '../record/record.ts'
import type { Check, CheckState } from './checks.ts'
import { isWantedMetric, type Selection } from './figures.ts'
import { escapeMarkdown, foldedMarkdown, inlineCode, markdownTable } from './markdown-text.ts'

export function markdown(record: RunRecord, selection: Selection, gateChecks: readonly Check[]): string {
  const { warnings } = record
  const nothing = emptyHanded(record)
  const parts = [
    [`### ${escapeMarkdown(record.title)}`],
    nothing === undefined ? [] : [`**${escapeMarkdown(nothing)}**`],
    ...noticesOf(record).map(({ title, texts, diagnosis = [] }) => [
      `**${escapeMarkdown(title)}.** ${escapeMarkdown(texts.join(' '))}`,
      ...(diagnosis.length === 0 ? [] : ['', ...diagnosis.map((line) => `- ${escapeMarkdown(line)}`)]),
    ]),
    gateChecks.map(gateItem),
    ...candidateFindings(record).flatMap(({ path, headline }) => [
      [`**${escapeMarkdown(headline)}**`],
      comparisonTable(record, path, selection),
    ]),
    controlFindings(record).map(({ headline }) => `${escapeMarkdown(headline)}.`),
    foldedMarkdown(
      warnings.length === 1 ? '1 warning' : `${warnings.length} warnings`,
      warnings.map(({ message }) => escapeMarkdown(message)),
    ),
    foldedMarkdown('Conditions', conditions(record)),
  ]
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

const outcomes: Readonly<Partial<Record<CheckState, string>>> = {
  passed: 'held',
  failed: '**breached**',
}

const gateItem = ({ name, state, message }: Check): string =>
  `- ${outcomes[state] ?? 'undecided'}: ${inlineCode(name)}${state === 'passed' ? '' : ` — ${escapeMarkdown(message)}`}`

function comparisonTable(record: RunRecord, candidate: string, selection: Selection): string[] {
  const comparisons = record.comparisons
    .filter(({ path, metric }) => path === candidate && isWantedMetric(record, metric, selection))
    .toSorted(byMetric)
  const [first] = comparisons
  if (first === undefined) return []
  return markdownTable(
    [
      { title: '', align: 'left' },
      { title: escapeMarkdown(first.baseline), align: 'right' },
      { title: escapeMarkdown(candidate), align: 'right' },
      { title: 'difference', align: 'right' },
      { title: '95 % interval', align: 'right' },
      { title: 'verdict', align: 'left' },
    ],
    comparisons.map((comparison) => row(record, comparison)),
  )
}

function row(record: RunRecord, comparison: Comparison): string[] {
  const { estimates } = record
  const { path, baseline, metric, ratio, verdict } = comparison
  const { estimate, low, high } = ratio
  const digits = percentDigits(low, high)
  const level = (name: string) => {
    const found = estimates.find((one) => one.path === name && one.metric === metric)
    return found === undefined ? '' : formatInterval(found.unit, found).value
  }
  return [
    escapeMarkdown(metricWords(metric).noun),
    escapeMarkdown(level(baseline)),
    escapeMarkdown(level(path)),
    formatChange(estimate, digits),
    low === null || high === null ? 'too few blocks' : formatChangeRange(low, high, digits),
    [verdict === 'slower' ? '**slower**' : verdictText(comparison), ...marksOf(record, comparison)].join(
      ', ',
    ),
  ]
}

/** What the two paths lost, for the cell of the verdict. */
const marksOf = (record: RunRecord, { path, baseline }: Comparison): string[] => {
  const [own, other] = [markOf(record, path), markOf(record, baseline)]
  return [
    ...(own === undefined ? [] : [own]),
    ...(other === undefined ? [] : [`${escapeMarkdown(baseline)} ${other}`]),
  ]
}

function engineText(settings: RunRecord['settings']): string {
  const [engine, sink] = [otherEngineOf({ settings }), otherSinkOf({ settings })]
  return `${engine === undefined ? '' : `, floods by engine ${engine}`}${sink === undefined ? '' : `, floods to sink ${sink}`}`
}

/** What it was measured on and with, and how to repeat it. */
const conditions = ({ runId, startedAt, settings, environment, command }: RunRecord): string[] => [
  `Linux ${inlineCode(environment.kernel)} on ${escapeMarkdown(environment.cpuModel)}, ${environment.cpuCount} CPUs`,
  `${settings.rounds} rounds, payload ${payloadWords(settings) ?? 0} B${engineText(settings)}`,
  `run ${inlineCode(runId)} of ${startedAt}`,
  `again: ${inlineCode(command)}`,
]
