/** What changed from the first of several runs to each of the others. Pure. */
import { metricsAmong } from '../record/metrics.ts'
import type { Comparison, PathRecord, RunRecord } from '../record/record.ts'
import { defaultConfidence } from '../stats/bootstrap.ts'
import { type AcrossRuns, isHigherBetter, ratioOfRatios } from './across-runs.ts'
import { controlFactorOf } from './control.ts'
import { lackOf, lackWordsIn, othersWith } from './lack.ts'
import { type RatioInterval, ratioIntervalOf } from './log-estimate.ts'
import { significant } from '../stats/step-down.ts'

/** A run under the name that the user gave it. */
export interface NamedRun {
  readonly name: string
  readonly record: RunRecord
}

/** `changed`: the whole interval lies beyond the margin; `same`: all of it lies within; else `not-decided`. */
export type ChangeState = 'changed' | 'same' | 'not-decided'

export type Change =
  | {
      readonly state: ChangeState
      /** Ratio of the two runs' ratios with its 95 % interval. */
      readonly ratio: RatioInterval
      /** Half-width of the band within which two ratios count as the same: 0.01 is 1 %. */
      readonly margin: number
      readonly isBetter: boolean
    }
  /** The first run has a figure, and the other has none: whatever was there is worse. */
  | { readonly state: 'missing'; readonly reason: string }
  | { readonly state: 'not-compared'; readonly reason: string }

export interface ComparedFigure {
  readonly path: string
  readonly role: PathRecord['role']
  readonly metric: string
  readonly isHeadline: boolean
  /** The path's ratio to the baseline path in each run; undefined where a run has none. */
  readonly ratios: readonly (Comparison['ratio'] | undefined)[]
  /** From the first run to each of the others. */
  readonly changes: readonly Change[]
}

/** A change before it is known which stand when all are looked at together. */
interface Candidate {
  readonly across: AcrossRuns
  /** Why the other run has no figure where the first has one. */
  readonly missing: string | undefined
  /** Which other changes it is looked at together with. */
  readonly family: string
  readonly isSignificantAt: (confidence: number) => boolean
}

/**
 * Every path's ratios in every metric that the runs have, and what they changed by since the first run.
 *
 * A change counts where it stands beside the others (Holm): of twenty figures, one would differ by chance.
 * Candidates' headline metrics are looked at by themselves, so that what is only there to be looked up
 * does not hide a change of theirs.
 *
 * @param runs two or more of one scenario
 * @param margin half-width of the band within which ratios count as the same
 */
export const changesAcross = (runs: readonly NamedRun[], margin: number): ComparedFigure[] =>
  changesAcrossAll([runs], margin)[0] ?? []

/** The same of several comparisons that are looked at together, such as those of the points of two sweeps. */
export function changesAcrossAll(
  groups: readonly (readonly NamedRun[])[],
  margin: number,
): ComparedFigure[][] {
  const all = groups.map((runs) => candidatesIn(runs, margin))
  const compared = all
    .flat()
    .flatMap(({ candidates }) => candidates)
    .filter(({ across }) => across.state === 'compared')
  const found = new Set(
    [...Map.groupBy(compared, ({ family }) => family).values()].flatMap((family) => [
      ...significant(family, defaultConfidence),
    ]),
  )
  return all.map((figures) =>
    figures.map(({ candidates, ...figure }) => ({
      ...figure,
      changes: candidates.map((candidate) =>
        candidate.missing === undefined
          ? changeOf(candidate.across, found.has(candidate), margin, isHigherBetter(figure.metric))
          : { state: 'missing', reason: candidate.missing },
      ),
    })),
  )
}

type CandidateFigure = Omit<ComparedFigure, 'changes'> & { readonly candidates: readonly Candidate[] }

function candidatesIn(runs: readonly NamedRun[], margin: number): CandidateFigure[] {
  const [first, ...others] = runs.map(({ record }) => record)
  if (first === undefined) return []
  return figuresOf(runs).map((figure) => ({
    ...figure,
    candidates: others.map((other): Candidate => {
      const across = ratioOfRatios(first, other, figure.path, figure.metric)
      const edge =
        Math.log1p(margin) +
        Math.log(controlFactorOf(first, figure.metric) * controlFactorOf(other, figure.metric))
      return {
        across,
        missing: missingSince(first, other, figure.path, figure.metric),
        family: `${figure.role === 'candidate' ? 'candidates' : 'others'} ${figure.isHeadline}`,
        isSignificantAt: (confidence) => isBeyond(across, confidence, edge),
      }
    }),
  }))
}

function figuresOf(runs: readonly NamedRun[]): Omit<ComparedFigure, 'changes'>[] {
  const paths = new Map(
    runs.flatMap(({ record }) => record.paths.map(({ name, role }) => [name, role] as const)),
  )
  const compared = metricsAmong(runs.flatMap(({ record }) => record.comparisons.map(({ metric }) => metric)))
  return [...paths].flatMap(([path, role]) =>
    compared.flatMap(({ name: metric, headline: isHeadline }) => {
      const ratios = runs.map(
        ({ record }) => record.comparisons.find((one) => one.path === path && one.metric === metric)?.ratio,
      )
      return ratios.every((ratio) => ratio === undefined) ? [] : [{ path, role, metric, isHeadline, ratios }]
    }),
  )
}

/**
 * Why a path that the first run has a figure of has none in the other; undefined where that is not so. Where no path
 * has one, the run did not come to it, or was kept without.
 */
function missingSince(first: RunRecord, other: RunRecord, path: string, metric: string): string | undefined {
  if (lackOf(first, path, metric) !== undefined) return undefined
  const lack = lackOf(other, path, metric)
  const isOwn = lack?.kind !== 'no-figure' || othersWith(other, path, metric).length > 0
  return lack === undefined || !isOwn
    ? undefined
    : `was measured in run ${first.runId}; now ${lackWordsIn(other, path, lack)}`
}

/** Whether the interval lies wholly outside the band, whose edge is given as a logarithm. */
const isBeyond = (across: AcrossRuns, confidence: number, edge: number): boolean => {
  if (across.state !== 'compared') return false
  const { log, halfWidths } = across.quotient
  const { below, above } = halfWidths(confidence)
  return log - below > edge || log + above < -edge
}

function changeOf(across: AcrossRuns, isChanged: boolean, margin: number, isHigher: boolean): Change {
  if (across.state === 'not-compared') return across
  const ratio = ratioIntervalOf(across.quotient)
  const isSame = ratio.low >= 1 / (1 + margin) && ratio.high <= 1 + margin
  return {
    state: isChanged ? 'changed' : isSame ? 'same' : 'not-decided',
    ratio,
    margin,
    isBetter: ratio.estimate > 1 === isHigher,
  }
}
