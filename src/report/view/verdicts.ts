/** The findings, in words: what stands first on the page. */
import { splitFigure } from '../../parts/loads/trial-name.ts'
import { isDecided } from '../../record/conclusion.ts'
import type { Comparison, PathRecord, RunRecord, Verdict } from '../../record/record.ts'
import { soundnessOf } from '../../record/soundness.ts'
import { deliveryOfBoth, listed, markOf } from '../../words/delivery-words.ts'
import { formatChange, formatChangeRange, formatMargin, percentDigits } from '../../words/numbers.ts'
import { metricWords } from '../../record/metric-words.ts'
import { leadOf, type Outcome, outcomeOf, pathHeadline } from '../../words/path-headline.ts'
import { soundnessWords } from '../../words/soundness-words.ts'
import { comparisonSentence, verdictText } from '../../words/sentences.ts'
import { deviceUnderTestOf } from './device-under-test.ts'
import { headlineComparisonsOf, isTail, measuredPaths } from './selection.ts'

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
  /** The verdict's word; `no verdict` where it is withheld. */
  readonly word: string
  readonly isDecided: boolean
  /** `lost 0.8 %`: what the path lost, spoilt or reordered; empty where nothing. */
  readonly mark: string
  readonly ratio: { readonly estimate: number; readonly low: number | null; readonly high: number | null }
  readonly margin: number
}

export interface PathFindings {
  readonly path: string
  readonly title: string
  readonly headline: string
  /** What the headline begins with, or the first finding where none is decided. */
  readonly lead: Finding | undefined
  readonly outcome: Outcome
  /** Of every headline metric, in their order. */
  readonly findings: readonly Finding[]
  /** Those that stand in a list of sentences: what is undecided beside what is decided is none of them, nor is an undecided tail. */
  readonly told: readonly Finding[]
  /** The metrics that are not in that list, in one sentence; undefined where there are none. */
  readonly untold: string | undefined
}

export interface Notice {
  readonly kind: 'partial' | 'invalid' | 'skipped' | 'warning'
  readonly title: string
  readonly texts: readonly string[]
  /** Where packets went, hop by hop, and likely causes: one line each. */
  readonly diagnosis?: readonly string[]
}

const findingOf = (record: RunRecord, comparison: Comparison): Finding => {
  const { path, metric, ratio, verdict, margin } = comparison
  const { plain, trial } = splitFigure(metric)
  const routerCost =
    plain === 'throughputPps'
      ? record.derived.routerCost.find((cost) => cost.path === path && cost.trial === trial)
      : undefined
  const { estimate, low, high } = ratio
  const digits = percentDigits(low, high)
  const context = {
    routerCost,
    middle: deviceUnderTestOf(record),
    delivery: deliveryOfBoth(record, comparison),
  }
  return {
    metric,
    noun: metricWords(metric).noun,
    change: formatChange(estimate, digits),
    range: low === null || high === null ? '' : formatChangeRange(low, high, digits),
    sentence: `${comparisonSentence(comparison, context)}.`,
    verdict,
    word: verdictText(comparison),
    isDecided: isDecided(comparison),
    mark: markOf(record, path) ?? '',
    ratio,
    margin,
  }
}

const untoldSentence = (
  record: RunRecord,
  { path, baseline }: Pick<Comparison, 'path' | 'baseline'>,
  findings: readonly Finding[],
): string | undefined =>
  findings.length === 0
    ? undefined
    : `${path} against ${baseline}: too uncertain to say of ${listed(findings.map(({ noun }) => noun))}${deliveryOfBoth(record, { path, baseline })}; the table has their intervals.`

const findingsOf = (record: RunRecord, path: { name: string; title: string }): PathFindings => {
  const comparisons = headlineComparisonsOf(record, path.name)
  const [first] = comparisons
  const findings = comparisons.map((comparison) => findingOf(record, comparison))
  const lead = leadOf(comparisons) ?? first
  const hasDecided = findings.some((finding) => finding.isDecided)
  const isUntold = ({ metric, isDecided: isSaid, word }: Finding): boolean =>
    (hasDecided || isTail(metric)) && !isSaid && word === 'inconclusive'
  return {
    path: path.name,
    title: path.title,
    headline: first
      ? `${pathHeadline(path.name, first.baseline, comparisons)}${deliveryOfBoth(record, first)}`
      : `${path.name}: nothing to compare`,
    lead: findings.find(({ metric }) => metric === lead?.metric),
    outcome: outcomeOf(comparisons),
    findings,
    told: findings.filter((finding) => !isUntold(finding)),
    untold: first && untoldSentence(record, first, findings.filter(isUntold)),
  }
}

/** What each candidate came to. */
export const candidateFindings = (record: RunRecord): PathFindings[] =>
  measuredPaths(record, 'candidate').map((path) => findingsOf(record, path))

/** More than these are counted, not named. */
const mostNamed = 2

/** The metrics that came out so; empty where there are none. */
const nounsOf = (findings: readonly Finding[], ...verdicts: readonly Verdict[]): string => {
  const found = findings.filter(({ verdict }) => verdicts.includes(verdict))
  if (found.length <= mostNamed) return found.map(({ noun }) => noun).join(' and ')
  return found.length === findings.length
    ? `all ${found.length} metrics`
    : `${found.length} of ${findings.length} metrics`
}

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
    const lost = deliveryOfBoth(record, { path: path.name, baseline })
    const headline = `${controlHeadline(path.name, baseline, found.findings)}${lost}`
    // The headline says what is undecided, and a warning by how much.
    const told = found.told.filter(({ word }) => word !== 'inconclusive')
    return [{ ...found, headline, told, untold: undefined }]
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
  ...record.paths.flatMap((path) => pathNotices(record, path)),
]

/** Why a path has no verdict; none for one whose figures count. */
export const pathNotices = (record: RunRecord, path: PathRecord): Notice[] => {
  const { name, diagnosis = [] } = path
  const soundness = soundnessOf(record, path)
  if (soundness.state === 'sound') return []
  if (soundness.state === 'skipped')
    return [
      {
        kind: 'skipped',
        title: `${name} was skipped`,
        texts: [soundness.reason ?? 'No reason was recorded.'],
      },
    ]
  const texts =
    soundness.state === 'lacking'
      ? [`${name} ${soundnessWords(record, path) ?? ''}.`]
      : [soundness.reason ?? 'No reason was recorded.']
  return [
    {
      kind: 'invalid',
      title: `${name} is invalid and gets no verdict`,
      texts,
      ...(diagnosis.length === 0 ? {} : { diagnosis }),
    },
  ]
}

/** What `noticesOf` says of the same run already. */
const codesOfNotices = new Set(['path-skipped', 'path-invalid', 'partial'])

const isNoNotice = ({ code }: RunRecord['warnings'][number]): boolean => !codesOfNotices.has(code)

/** The warnings of the run, those of one code together. */
export const warningsOf = (record: RunRecord): Notice[] =>
  [...Map.groupBy(record.warnings.filter(isNoNotice), ({ code }) => code)].map(([code, warnings]) => ({
    kind: 'warning',
    title: `Warning: ${code.replaceAll('-', ' ')}`,
    texts: warnings.map(({ message }) => message),
  }))
