/** The comparisons of a run: ratios, margins and verdicts. Pure. */
import type { Metric } from '../record/metrics.ts'
import type { Comparison } from '../record/record.ts'
import { comparePaired } from '../stats/compare.ts'
import { holmAdjusted } from '../stats/holm.ts'
import { randomSource } from '../stats/random.ts'
import { isControlEquivalent, marginFrom, verdictOf } from '../stats/verdict.ts'
import { type AnalysisInput, pathWithRole } from './analysis-input.ts'
import { type Reasons, withReasons } from './withheld.ts'
import { valuesByRound } from './values.ts'

/** A comparison before margins and verdicts. */
type Compared = Omit<Comparison, 'adjustedPValue' | 'margin' | 'verdict'> & {
  readonly definition: Metric
  readonly isOneRound: boolean
}

/**
 * Every path against the baseline.
 *
 * @param resamplesOf how much is computed for a comparison
 */
export const comparisonsOf = (
  used: readonly Metric[],
  input: AnalysisInput,
  resamplesOf: (metric: Metric) => number,
): Comparison[] =>
  withVerdicts(
    used.flatMap((metric) => comparedIn(metric, input, resamplesOf(metric))),
    input,
  )

function comparedIn(metric: Metric, input: AnalysisInput, resamples: number): Compared[] {
  const { measured, paths, seed } = input
  const baseline = pathWithRole(input, 'baseline')
  // A loss of zero has no ratio; losses are shown as they are.
  if (baseline === undefined || metric.unit === 'ratio') return []
  const valuesOf = (name: string) => valuesByRound(measured, name, metric)
  const controls = paths.filter(({ role }) => role === 'control')
  const baselineRounds = valuesOf(baseline.name)
  const controlRounds = controls.map(({ name }) => valuesOf(name)).filter(hasFigures)
  return paths
    .filter((path) => path !== baseline)
    .flatMap((path) => {
      const against = path.against ?? baseline.name
      // A control is there to be held against the baseline alone, and stands for no other path.
      const yardsticks =
        against !== baseline.name
          ? [valuesOf(against)]
          : path.role === 'control'
            ? [baselineRounds]
            : [baselineRounds, ...controlRounds]
      const compared = comparePaired({
        rounds: valuesOf(path.name).map((values, round) => ({
          path: values,
          yardsticks: yardsticks.map((rounds) => rounds[round] ?? []),
        })),
        random: randomSource(seed),
        resamples,
      })
      if (compared === null) return []
      const { ratio, pValue, pValueMethod, isOneRound } = compared
      const { name, unit } = metric
      const names = { path: path.name, baseline: against, metric: name, unit }
      return [{ ...names, ratio, pValue, pValueMethod, definition: metric, isOneRound }]
    })
}

const hasFigures = (rounds: readonly (readonly number[])[]): boolean =>
  rounds.some((values) => values.some((value) => value > 0))

/** Margins from the control, metric by metric; p-values adjusted over the candidates' headline metrics. */
function withVerdicts(compared: readonly Compared[], input: AnalysisInput): Comparison[] {
  const { paths, margin } = input
  const pathNamed = (name: string) => paths.find((path) => path.name === name)
  const roleOf = (name: string) => pathNamed(name)?.role
  const isTested = ({ path, definition }: Compared) => roleOf(path) === 'candidate' && definition.headline
  const tested = compared.filter(isTested)
  const adjusted = holmAdjusted(tested.map(({ pValue }) => pValue))
  return compared.map((one) => {
    const { definition, isOneRound, ...comparison } = one
    const controls = compared
      .filter(({ path, metric }) => roleOf(path) === 'control' && metric === one.metric)
      .map(({ ratio }) => ratio)
    const isControl = roleOf(one.path) === 'control'
    const ownMargin = isControl ? margin : marginFrom(controls, margin)
    const adjustedPValue = adjusted[tested.indexOf(one)] ?? null
    const { low, high } = one.ratio
    const verdict = verdictOf({ low, high, margin: ownMargin, better: definition.better, adjustedPValue })
    const reasons: Reasons = {
      definition,
      hasControl: controls.length > 0,
      isControlEquivalent: isControl || isControlEquivalent(controls, margin),
      isEmulated: input.isEmulated ?? false,
      isOneRound,
      path: pathNamed(one.path),
      reference: pathNamed(one.baseline),
    }
    return withReasons({ ...comparison, adjustedPValue, margin: ownMargin, verdict }, reasons, input.measured)
  })
}
