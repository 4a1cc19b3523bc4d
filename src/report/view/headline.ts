/** What a run found, in one line: the page's headline. */
import type { Verdict } from '../../results/record.ts'
import { formatCountWord, formatNumber } from '../format.ts'
import type { Finding, PathFindings } from './verdicts.ts'

const verdictWords: Readonly<Record<Verdict, (baseline: string) => string>> = {
  faster: (baseline) => `faster than ${baseline}`,
  slower: (baseline) => `slower than ${baseline}`,
  equivalent: (baseline) => `equivalent to ${baseline}`,
  inconclusive: () => 'inconclusive',
}

/** `23 to 41 %`; in whole percents unless that would leave nothing. */
const distances = (findings: readonly Finding[]): string => {
  const percents = findings.map(({ ratio }) => Math.abs(ratio.estimate - 1) * 100)
  const [least, most] = [Math.min(...percents), Math.max(...percents)]
  const digits = least < 10 ? 1 : 0
  const [from, to] = [formatNumber(least, digits), formatNumber(most, digits)]
  return from === to ? `${from} %` : `${from} to ${to} %`
}

/** Candidates that have no verdict, by what became of them. */
export interface WithoutVerdict {
  readonly invalid: number
  readonly skipped: number
}

const outcomes = ['faster', 'slower', 'equivalent', 'inconclusive', 'invalid', 'skipped'] as const

/** `three are faster than nat and one is slower`: the baseline is named once. */
const countedOutcomes = (
  findings: readonly Finding[],
  withoutVerdict: WithoutVerdict,
  baseline: string,
): string => {
  const countOf = (outcome: (typeof outcomes)[number]): number =>
    outcome === 'invalid' || outcome === 'skipped'
      ? withoutVerdict[outcome]
      : findings.filter(({ verdict }) => verdict === outcome).length
  const counted = outcomes.filter((outcome) => countOf(outcome) > 0)
  const parts = counted.map((outcome, index) => {
    const isNamed = index === 0 && outcome !== 'invalid' && outcome !== 'skipped'
    const count = countOf(outcome)
    return `${formatCountWord(count)} ${count === 1 ? 'is' : 'are'} ${isNamed ? verdictWords[outcome](baseline) : outcome}`
  })
  return [parts.slice(0, -1).join(', '), ...parts.slice(-1)].filter((part) => part !== '').join(' and ')
}

/** One candidate's own headline, or what several came to in the metric that stands first. */
export const runHeadline = (
  candidates: readonly PathFindings[],
  withoutVerdict: WithoutVerdict,
  baseline: string,
): string => {
  const [first] = candidates
  if (candidates.length < 2 || first === undefined)
    return first?.headline ?? 'No candidate could be compared with the baseline'
  const lead = leadFindings(candidates)
  const [metric] = lead
  if (metric === undefined) return first.headline
  const noun = metric.metric === 'throughputPps' ? '' : ` in ${metric.noun}`
  const count = lead.length + withoutVerdict.invalid + withoutVerdict.skipped
  const isUnanimous = count === lead.length && lead.every(({ verdict }) => verdict === metric.verdict)
  if (!isUnanimous)
    return `Of ${formatCountWord(count)} candidates, ${countedOutcomes(lead, withoutVerdict, baseline)}${noun}`
  const all = count === 2 ? 'Both' : `All ${formatCountWord(count)}`
  if (metric.verdict === 'inconclusive')
    return `${all} candidates against ${baseline} in ${metric.noun}: too uncertain to say`
  const by = metric.verdict === 'equivalent' ? '' : `, by ${distances(lead)}`
  return `${all} candidates are ${verdictWords[metric.verdict](baseline)}${noun}${by}`
}

/** Each candidate's finding in the first candidate's first metric. */
export const leadFindings = (candidates: readonly PathFindings[]): (Finding & { path: string })[] => {
  const metric = candidates[0]?.findings[0]?.metric
  return candidates.flatMap(({ path, findings }) =>
    findings.filter((finding) => finding.metric === metric).map((finding) => ({ ...finding, path })),
  )
}
