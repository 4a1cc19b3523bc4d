/** From what was measured to estimates, comparisons and verdicts. Pure: the same data and seed give the same. */
import { type Metric, metricsOf } from '../record/metrics.ts'
import type { RunRecord } from '../record/record.ts'
import { locate } from '../stats/locate.ts'
import { randomSource } from '../stats/random.ts'
import type { AnalysisInput } from './analysis-input.ts'
import { comparisonsOf } from './comparisons.ts'
import { floodLimitOf } from './flood-limit.ts'
import { routerCostOf } from './router-cost.ts'
import { valuesByRound } from './values.ts'

export type { AnalysedPath, AnalysisInput } from './analysis-input.ts'

export type Analysis = Pick<RunRecord, 'estimates' | 'comparisons' | 'derived'>

/**
 * Resamples an interval rests on. At 1,000 its ends are known to within some 4 % of its half-width; all
 * others are there to be looked up, and a run is not to end with seconds of arithmetic.
 */
const resamplesOf = { headline: 1000, other: 100, rough: 60 } as const

/** Everything that is computed from a run's trials. */
export function analyse(input: AnalysisInput): Analysis {
  const used = metricsOf(input.trials)
  return {
    estimates: used.flatMap((metric) => estimatesOf(metric, input)),
    comparisons: comparisonsOf(used, input, ({ headline }) =>
      headline ? resamplesOf.headline : resamplesOf.other,
    ),
    derived: {
      routerCost: routerCostOf(input, resamplesOf.headline),
      floodLimit: floodLimitOf(input),
      programCost: programCostOf(input),
    },
  }
}

/** The comparisons of headline metrics, with ends that still move a little: for progress. */
export function analyseRoughly(input: AnalysisInput): Analysis {
  const used = metricsOf(input.trials).filter(({ headline }) => headline)
  const comparisons = comparisonsOf(used, input, () => resamplesOf.rough)
  return { estimates: [], comparisons, derived: { routerCost: [], floodLimit: [] } }
}

function estimatesOf(metric: Metric, { measured, paths, seed }: AnalysisInput): Analysis['estimates'] {
  return paths.flatMap(({ name }) => {
    const values = valuesByRound(measured, name, metric)
    const resampling = { random: randomSource(seed), resamples: resamplesOf.other }
    const estimate = locate(values, resampling)
    return estimate === null ? [] : [{ path: name, metric: metric.name, unit: metric.unit, ...estimate }]
  })
}

/** What a run of each program costs beyond one that does nothing, paired by batch. */
function programCostOf({
  programCosts,
  paths,
  seed,
}: AnalysisInput): NonNullable<Analysis['derived']['programCost']> {
  const names = new Set(paths.map(({ name }) => name))
  const valid = programCosts.filter(({ path }) => names.has(path))
  return [...Map.groupBy(valid, ({ path, program }) => `${path} ${program}`).values()].flatMap((rounds) => {
    const [first] = rounds
    // What could not be measured in one round is not the same in all.
    if (rounds.some(({ failure }) => failure !== undefined)) return []
    const excess = rounds.map(({ programNs, floorNs }) =>
      programNs.map((value, batch) => value - (floorNs[batch] ?? NaN)),
    )
    const estimate = locate(excess, { random: randomSource(seed), resamples: resamplesOf.headline })
    if (first === undefined || estimate === null) return []
    return [{ path: first.path, program: first.program, unit: 'ns' as const, ...estimate }]
  })
}
