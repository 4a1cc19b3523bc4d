/** What a run found, in one line: the page's headline. */
import { isFigure } from '../../parts/loads/trial-name.ts'
import { levelsAlone, pathAlone } from './levels-alone.ts'
import { isEmulated } from '../../record/emulated.ts'
import type { PathRecord, RunRecord } from '../../record/record.ts'
import { isSound } from '../../record/soundness.ts'
import { deliveryClause, listed } from '../../words/delivery-words.ts'
import { formatCountWord, formatNumber } from '../../words/numbers.ts'
import type { Outcome } from '../../words/path-headline.ts'
import type { Finding, PathFindings } from './verdicts.ts'

const outcomeWords: Readonly<Record<Outcome, (baseline: string) => string>> = {
  faster: (baseline) => `faster than ${baseline}`,
  slower: (baseline) => `slower than ${baseline}`,
  mixed: (baseline) => `faster than ${baseline} in one metric and slower in another`,
  equivalent: (baseline) => `equivalent to ${baseline}`,
  inconclusive: () => 'undecided',
}

/** The same where the baseline has been named. */
const briefWords: Readonly<Record<Outcome, string>> = {
  faster: 'faster',
  slower: 'slower',
  mixed: 'faster in one metric and slower in another',
  equivalent: 'equivalent',
  inconclusive: 'undecided',
}

const outcomes = ['faster', 'slower', 'mixed', 'equivalent', 'inconclusive'] as const

/** `23 to 41 %`; in whole percents unless that would leave nothing. */
const distances = (findings: readonly Finding[]): string => {
  const percents = findings.map(({ ratio }) => Math.abs(ratio.estimate - 1) * 100)
  const [least, most] = [Math.min(...percents), Math.max(...percents)]
  const digits = least < 10 ? 1 : 0
  const [from, to] = [formatNumber(least, digits), formatNumber(most, digits)]
  return from === to ? `${from} %` : `${from} to ${to} %`
}

const withoutFindings = ({ paths }: RunRecord, candidates: readonly PathFindings[]): PathRecord[] =>
  paths.filter(({ name, role }) => role === 'candidate' && !candidates.some(({ path }) => path === name))

/** Candidates without figures that count, by what became of them: `one is invalid`. */
const withoutVerdict = (record: RunRecord, candidates: readonly PathFindings[]): string[] => {
  const without = withoutFindings(record, candidates)
  const skipped = without.filter(({ status }) => status === 'skipped').length
  return [...counted(without.length - skipped, 'invalid'), ...counted(skipped, 'skipped')]
}

const counted = (count: number, words: string): string[] =>
  count === 0 ? [] : [`${formatCountWord(count)} ${count === 1 ? 'is' : 'are'} ${words}`]

/** `three are faster than nat and one is slower`: the baseline is named once. */
const countedOutcomes = (candidates: readonly PathFindings[], baseline: string): string[] => {
  let isNamed = false
  return outcomes.flatMap((outcome) => {
    const count = candidates.filter((one) => one.outcome === outcome).length
    if (count === 0) return []
    const words = isNamed ? briefWords[outcome] : outcomeWords[outcome](baseline)
    isNamed ||= outcome !== 'inconclusive'
    return counted(count, words)
  })
}

/** What candidates lost, by name where they are few: it stands in the headline whatever else does. */
const losses = (record: RunRecord, candidates: readonly PathFindings[]): string => {
  const parts = record.paths.flatMap((path) => {
    if (path.role !== 'baseline' && !candidates.some((one) => one.path === path.name)) return []
    const clause = deliveryClause(record, path)
    return clause === undefined ? [] : [`${path.name} ${clause}`]
  })
  return parts.length === 0 ? '' : `; ${listed(parts)}`
}

const stateWords = ({ status }: PathRecord): string => (status === 'skipped' ? 'was skipped' : 'is invalid')

/** Candidates without figures that count, by name. */
const namedWithoutVerdict = (record: RunRecord, candidates: readonly PathFindings[]): string[] =>
  withoutFindings(record, candidates).map((path) => `${path.name} ${stateWords(path)}`)

const undecidedCandidates = (
  record: RunRecord,
  candidates: readonly PathFindings[],
  baseline: string,
): string => {
  const [only, ...others] = candidates
  if (others.length === 0)
    return [...(only ? [only.headline] : []), ...namedWithoutVerdict(record, candidates)].join('; ')
  const without = withoutVerdict(record, candidates)
  return without.length === 0
    ? `${candidates.length === 2 ? 'both' : `all ${formatCountWord(candidates.length)}`} candidates against ${baseline} are too uncertain to say`
    : `of the candidates against ${baseline}, ${listed([...counted(candidates.length, 'too uncertain to say'), ...without])}`
}

const nothingConcluded = (
  record: RunRecord,
  candidates: readonly PathFindings[],
  baseline: string,
): string => {
  const yardstick = record.paths.find(({ role }) => role === 'baseline')
  const why =
    yardstick && !isSound(record, yardstick)
      ? `${yardstick.name}, the baseline, ${stateWords(yardstick)}`
      : candidates.length > 0 && isEmulated(record.environment)
        ? [
            'kernels ran by emulation, whose timings mean nothing',
            ...namedWithoutVerdict(record, candidates),
          ].join('; ')
        : undecidedCandidates(record, candidates, baseline)
  return `Nothing was concluded: ${why === '' ? 'the run has no candidate' : why}`
}

/** Several candidates, each by what its decided metrics come to. */
const severalHeadline = (
  record: RunRecord,
  candidates: readonly PathFindings[],
  baseline: string,
): string => {
  const without = withoutVerdict(record, candidates)
  const count = record.paths.filter(({ role }) => role === 'candidate').length
  const leads = candidates.flatMap(({ lead }) => lead ?? [])
  const metrics = new Set(leads.filter(({ isDecided }) => isDecided).map(({ metric }) => metric))
  const noun = metrics.size === 1 && !metrics.has('throughputPps') ? ` in ${leads[0]?.noun ?? ''}` : ''
  const [outcome, ...otherOutcomes] = new Set(candidates.map((one) => one.outcome))
  const lost = losses(record, candidates)
  if (outcome === undefined || otherOutcomes.length > 0 || without.length > 0)
    return `Of ${formatCountWord(count)} candidates, ${listed([...countedOutcomes(candidates, baseline), ...without])}${noun}${lost}`
  const all = count === 2 ? 'Both' : `All ${formatCountWord(count)}`
  const isByOne =
    metrics.size === 1 &&
    (outcome === 'faster' || outcome === 'slower') &&
    leads.every(({ verdict }) => verdict === outcome)
  return `${all} candidates are ${outcomeWords[outcome](baseline)}${noun}${isByOne ? `, by ${distances(leads)}` : ''}${lost}`
}

/** One candidate's own headline, or what several came to. What was not concluded is said first. */
export const runHeadline = (
  record: RunRecord,
  candidates: readonly PathFindings[],
  baseline: string,
): string => {
  const alone = pathAlone(record)
  if (alone !== undefined)
    return [`${alone.name} by itself`, ...levelsAlone(record, alone).slice(0, 2)].join(', ')
  const [only, ...others] = candidates
  if (only === undefined || candidates.every(({ outcome }) => outcome === 'inconclusive'))
    return nothingConcluded(record, candidates, baseline)
  return others.length === 0
    ? [only.headline, ...namedWithoutVerdict(record, candidates)].join('; ')
    : severalHeadline(record, candidates, baseline)
}

/** Each candidate's finding in one metric: throughput if a headline begins with it, else what most begin with. */
export const leadFindings = (candidates: readonly PathFindings[]): (Finding & { path: string })[] => {
  const leads = candidates.flatMap(({ lead }) => lead?.metric ?? [])
  const decided = candidates.flatMap(({ lead }) => (lead?.isDecided === true ? lead.metric : []))
  const counts = Map.groupBy(decided.length === 0 ? leads : decided, (metric) => metric)
  const metric =
    [...counts.keys()].find((name) => isFigure(name, 'throughputPps')) ??
    [...counts].toSorted(([, one], [, other]) => other.length - one.length)[0]?.[0]
  return candidates.flatMap(({ path, findings }) =>
    findings.filter((finding) => finding.metric === metric).map((finding) => ({ ...finding, path })),
  )
}
