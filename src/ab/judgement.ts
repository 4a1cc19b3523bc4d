/** What a run of `bench ab`, and the second that confirms it, come to. Pure. */
import { controlCaveats } from '../across/control.ts'
import { headlineMetricsOf } from '../across/headline.ts'
import { lackOf, lackWords } from '../across/lack.ts'
import { untrustedReason } from '../across/untrusted.ts'
import type { RunRecord } from '../record/record.ts'
import { abPaths } from './ab-scenario.ts'
import { type MetricJudgement, judgeMetric, isSuspected, type SecondRun } from './metric-judgement.ts'
import { withheldReason } from './words.ts'

export interface VersionsJudgement {
  /** `failed`: it cannot be said whether the newer version is worse. */
  readonly outcome: 'well' | 'regression' | 'failed'
  /** By headline metric. */
  readonly judgements: readonly MetricJudgement[]
  /** Why it cannot be said, one line each. */
  readonly failures: readonly string[]
  /** Why the noise is not known. */
  readonly caveats: readonly string[]
}

/** The headline metrics of a first run that are to be measured again. */
export const suspectedMetrics = (record: RunRecord): string[] =>
  bothMeasured(record)
    ? headlineMetricsOf(record)
        .map(({ name }) => name)
        .filter((metric) => isSuspected(record, metric))
    : []

const versionPaths: readonly string[] = [abPaths.base, abPaths.head]

/** Base and head where they were not measured, each with the reason. */
const unmeasured = ({ paths }: RunRecord): string[] =>
  paths
    .filter(({ name, status }) => versionPaths.includes(name) && status !== 'measured')
    .map(
      ({ name, status, reason }) =>
        `${name} ${status === 'skipped' ? 'was skipped' : 'is invalid'}: ${reason ?? 'no reason was recorded'}`,
    )

const bothMeasured = (record: RunRecord): boolean => unmeasured(record).length === 0

/** What the newer version cannot be held against: the older has no figure where it has one. */
function lacksBase(record: RunRecord, metric: string): string[] {
  const lack = bothMeasured(record) ? lackOf(record, abPaths.base, metric) : undefined
  return lack === undefined || lackOf(record, abPaths.head, metric) !== undefined
    ? []
    : [`${lackWords(abPaths.base, lack)}; ${abPaths.head} has one`]
}

/**
 * Judges two versions.
 *
 * @param second undefined where the first run is taken at its word, or there is nothing to confirm
 */
export function judgeVersions(record: RunRecord, second: SecondRun): VersionsJudgement {
  const judgements = headlineMetricsOf(record).map(({ name }) => judgeMetric(record, second, name))
  const has = (...states: readonly MetricJudgement['state'][]): boolean =>
    judgements.some(({ state }) => states.includes(state))
  const isSilent = judgements.every(
    ({ first, state }) => state === 'open' && (first?.ratio.low ?? null) === null,
  )
  // A figure that is missing says something, whatever its time would have meant.
  const isEmulated = judgements.some(({ first }) => first?.withheldFor === 'emulated') && !has('regression')
  const baseless = judgements.flatMap(({ metric }) => lacksBase(record, metric))
  const failures = [
    ...unmeasured(record),
    ...(second !== undefined && 'record' in second
      ? unmeasured(second.record).map((line) => `second run: ${line}`)
      : []),
    ...(second !== undefined && 'why' in second ? [`second run: ${second.why}`] : []),
    ...baseless,
    ...(isEmulated ? ['nothing was judged: the kernels ran by emulation, whose timings mean nothing'] : []),
    ...(isSilent && !isEmulated && bothMeasured(record)
      ? ['nothing was judged: too few blocks for an interval']
      : []),
  ]
  const isFailed = !bothMeasured(record) || isSilent || isEmulated || baseless.length > 0
  return {
    outcome: isFailed ? 'failed' : has('regression') ? 'regression' : has('unconfirmed') ? 'failed' : 'well',
    judgements,
    failures,
    caveats: [record, ...(second !== undefined && 'record' in second ? [second.record] : [])].flatMap(
      controlCaveats,
    ),
  }
}

/**
 * A run with what was judged in place of its own verdicts on the newer version, so that its report, its exports and
 * all that read it say the same. No metric of a version that failed in another is called faster.
 */
export function withJudgement(record: RunRecord, { judgements, outcome }: VersionsJudgement): RunRecord {
  const isFailing =
    outcome === 'failed' || judgements.some(({ reason, state }) => state === 'regression' && reason)
  return {
    ...record,
    comparisons: record.comparisons.map((comparison) => {
      const judged = judgements.find(({ metric }) => metric === comparison.metric)
      if (comparison.path !== abPaths.head || judged === undefined) return comparison
      const { withheld: _withheld, withheldFor: _kind, ...bare } = comparison
      if (untrustedReason(comparison) !== undefined) return comparison
      if (judged.state === 'regression') return { ...bare, verdict: 'slower', margin: judged.margin }
      const withheld =
        comparison.verdict === 'faster' && isFailing
          ? 'a version that fails is not faster'
          : withheldReason(judged, comparison)
      return withheld === undefined
        ? comparison
        : { ...bare, verdict: 'inconclusive', withheld, withheldFor: 'other-run' }
    }),
  }
}
