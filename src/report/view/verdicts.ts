/** The findings, in words: what stands first on the page. */
import type { Comparison, RunRecord, Verdict } from '../../results/record.ts'
import { formatChange, formatChangeRange, formatMargin, percentDigits } from '../format.ts'
import { metricWords } from '../../results/metric-words.ts'
import { comparisonHeadline, comparisonSentence } from '../words.ts'
import { middleOf } from './middle.ts'
import { headlineComparisonsOf, measuredPaths } from './selection.ts'

export interface Finding {
  readonly metric: string
  /** `throughput`, `median round trip`. */
  readonly noun: string
  /** `+6.0 %`. */
  readonly change: string
  /** `+5.7 to +6.3 %`, empty where there is no interval. */
  readonly range: string
  readonly sentence: string
  readonly verdict: Verdict
  readonly ratio: { readonly estimate: number; readonly low: number | null; readonly high: number | null }
  readonly margin: number
}

export interface PathFindings {
  readonly path: string
  readonly title: string
  readonly headline: string
  /** Headline metrics in order; the first is the one the headline is about. */
  readonly findings: readonly Finding[]
}

export interface Notice {
  readonly kind: 'partial' | 'invalid' | 'skipped' | 'warning'
  readonly title: string
  readonly texts: readonly string[]
}

const findingOf = (record: RunRecord, comparison: Comparison): Finding => {
  const { path, metric, ratio, verdict, margin } = comparison
  const routerCost =
    metric === 'throughputPps' ? record.derived.routerCost.find((cost) => cost.path === path) : undefined
  const { estimate, low, high } = ratio
  const digits = percentDigits(low, high)
  return {
    metric,
    noun: metricWords(metric).noun,
    change: formatChange(estimate, digits),
    range: low === null || high === null ? '' : formatChangeRange(low, high, digits),
    sentence: `${comparisonSentence(comparison, routerCost, middleOf(record))}.`,
    verdict,
    ratio,
    margin,
  }
}

const findingsOf = (record: RunRecord, path: { name: string; title: string }): PathFindings => {
  const comparisons = headlineComparisonsOf(record, path.name)
  const [first] = comparisons
  return {
    path: path.name,
    title: path.title,
    headline: first ? comparisonHeadline(first) : `${path.name}: nothing to compare`,
    findings: comparisons.map((comparison) => findingOf(record, comparison)),
  }
}

/** What each candidate came to. */
export const candidateFindings = (record: RunRecord): PathFindings[] =>
  measuredPaths(record, 'candidate').map((path) => findingsOf(record, path))

const nounsOf = (findings: readonly Finding[], ...verdicts: readonly Verdict[]): string =>
  findings
    .filter(({ verdict }) => verdicts.includes(verdict))
    .map(({ noun }) => noun)
    .join(', ')

const controlHeadline = (path: string, baseline: string, findings: readonly Finding[]): string => {
  const pair = `Check: ${path} and ${baseline} are the same path`
  const differing = nounsOf(findings, 'faster', 'slower')
  if (differing) return `${pair}, and yet differ in ${differing}: that much is noise`
  const open = nounsOf(findings, 'inconclusive')
  if (open) return `${pair}, and no difference is found; too uncertain to call them equivalent in ${open}`
  const margins = new Set(findings.map(({ margin }) => margin))
  const within = margins.size === 1 ? `, within ${formatMargin(findings[0]?.margin ?? 0)}` : ''
  return `${pair}, and come out equivalent${within}`
}

/** What the control, the baseline built a second time, says about the noise of this run. */
export const controlFindings = (record: RunRecord): PathFindings[] =>
  measuredPaths(record, 'control').flatMap((path) => {
    const found = findingsOf(record, path)
    if (found.findings.length === 0) return []
    const baseline = record.comparisons.find((comparison) => comparison.path === path.name)?.baseline ?? ''
    return [{ ...found, headline: controlHeadline(path.name, baseline, found.findings) }]
  })

/** What a reader has to know before any figure: missing rounds and paths. */
export const noticesOf = (record: RunRecord): Notice[] => [
  ...(record.complete
    ? []
    : [
        {
          kind: 'partial' as const,
          title: 'This run is partial',
          texts: [
            'It was interrupted or failed. What it measured until then is shown; intervals rest on what is there.',
          ],
        },
      ]),
  ...record.paths.flatMap(({ name, status, reason }): Notice[] => {
    const texts = [reason ?? 'No reason was recorded.']
    if (status === 'invalid')
      return [{ kind: 'invalid', title: `${name} is invalid and gets no verdict`, texts }]
    return status === 'skipped' ? [{ kind: 'skipped', title: `${name} was skipped`, texts }] : []
  }),
]

/** The warnings of the run, those of one code together. */
export const warningsOf = (record: RunRecord): Notice[] =>
  [...Map.groupBy(record.warnings, ({ code }) => code)].map(([code, warnings]) => ({
    kind: 'warning',
    title: `Warning: ${code.replaceAll('-', ' ')}`,
    texts: warnings.map(({ message }) => message),
  }))
