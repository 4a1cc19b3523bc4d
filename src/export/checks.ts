/** What a run can be held to: that it went to its end, that its paths are valid, that candidates are not slower. Pure. */
import { byMetric } from '../record/metrics.ts'
import type { Comparison, PathRecord, RunRecord } from '../record/record.ts'
import { deliveryClause, deliveryOfBoth } from '../words/delivery-words.ts'
import { soundnessWords } from '../words/soundness-words.ts'
import { comparisonSentence } from '../words/sentences.ts'
import { isDecided } from '../record/conclusion.ts'
import { isSound, soundnessOf } from '../record/soundness.ts'
import { isWantedMetric, type Selection } from './figures.ts'

/**
 * `failed` is what was measured and is worse; `broken` is what could not be measured as it should;
 * `undecided` needs a longer run; `skipped` this machine cannot do.
 */
export type CheckState = 'passed' | 'failed' | 'broken' | 'undecided' | 'skipped'

/** What is checked: the run as a whole, a path, or a gate and where it is written. */
export type Subject =
  | { readonly kind: 'run' }
  | { readonly kind: 'path'; readonly path: string }
  /** A line of the scenario as it was read for the run, where `file` is undefined. */
  | { readonly kind: 'gate'; readonly file: string | undefined; readonly line: number }

export interface Check {
  readonly subject: Subject
  /** What of it: a metric, `valid`, `complete`, or the gate itself. */
  readonly name: string
  readonly state: CheckState
  /** A sentence without a full stop. */
  readonly message: string
}

/**
 * All checks of a run. A candidate that is slower than the baseline fails, in any headline metric unless all
 * are asked for; but where there are gates they say what is allowed, and stand in for that.
 */
export const checksOf = (record: RunRecord, selection: Selection, gateChecks: readonly Check[]): Check[] => [
  completeness(record),
  ...record.paths.flatMap((path) => [
    validity(record, path),
    ...(gateChecks.length > 0 ? [] : notSlower(record, path, selection)),
  ]),
  ...gateChecks,
]

const completeness = ({ complete, settings }: RunRecord): Check => ({
  subject: { kind: 'run' },
  name: 'complete',
  state: complete ? 'passed' : 'broken',
  message: complete
    ? `the run went to its end: ${settings.rounds} rounds`
    : 'the run was interrupted or failed: its figures rest on what it measured until then',
})

/** A path is valid where it delivered, by the way that it says, and has every figure that others have. */
const validity = (record: RunRecord, path: PathRecord): Check => {
  const { name } = path
  const { state } = soundnessOf(record, path)
  const subject = { kind: 'path', path: name } as const
  if (state === 'sound') return { subject, name: 'valid', state: 'passed', message: soundWords(record, path) }
  return {
    subject,
    name: 'valid',
    state: state === 'skipped' ? 'skipped' : 'broken',
    message: [`${name} ${soundnessWords(record, path) ?? ''}`, ...(path.diagnosis ?? [])].join('\n'),
  }
}

const soundWords = (record: RunRecord, path: PathRecord): string => {
  const lost = deliveryClause(record, path)
  return `${path.name} was measured, and its packets went the way it says${lost === undefined ? '' : `, but it ${lost}`}`
}

const notSlower = (record: RunRecord, path: PathRecord, selection: Selection): Check[] => {
  const isJudged = ({ baseline }: Comparison): boolean =>
    record.paths.some((one) => one.name === baseline && isSound(record, one))
  return path.role !== 'candidate' || !isSound(record, path)
    ? []
    : record.comparisons
        .filter((one) => one.path === path.name && isWantedMetric(record, one.metric, selection))
        .filter(isJudged)
        .toSorted(byMetric)
        .map((comparison) => comparisonCheck(record, comparison))
}

const verdictStates = {
  faster: 'passed',
  equivalent: 'passed',
  slower: 'failed',
  inconclusive: 'undecided',
} as const

const comparisonCheck = (record: RunRecord, comparison: Comparison): Check => ({
  subject: { kind: 'path', path: comparison.path },
  name: comparison.metric,
  state: isDecided(comparison) ? verdictStates[comparison.verdict] : 'undecided',
  message: comparisonSentence(comparison, { delivery: deliveryOfBoth(record, comparison) }),
})
