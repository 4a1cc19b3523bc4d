/** From what was measured to estimates, comparisons and verdicts. Pure: the same data and seed give the same. */
import { type Metric, metrics } from '../results/metrics.ts'
import type { Comparison, RunRecord } from '../results/record.ts'
import type { Role } from '../scenario/schema.ts'
import { comparePaired } from '../stats/compare.ts'
import { excessOverFloor } from '../stats/excess.ts'
import { holmAdjusted } from '../stats/holm.ts'
import { locate } from '../stats/locate.ts'
import { randomSource } from '../stats/random.ts'
import { marginFrom, verdictOf } from '../stats/verdict.ts'
import type { ProgramCosts } from './program-costs.ts'
import { type Measured, valuesByRound } from './values.ts'

/** A path that was measured and whose proof holds. */
export interface AnalysedPath {
  readonly name: string
  readonly role: Role
}

export interface AnalysisInput {
  readonly measured: Measured
  readonly paths: readonly AnalysedPath[]
  /** Kinds of trial that the run had. */
  readonly kinds: ReadonlySet<Metric['load']>
  /** By round. */
  readonly programCosts: readonly ProgramCosts[]
  /** The requested margin, as a ratio. */
  readonly margin: number
  readonly seed: number
}

export type Analysis = Pick<RunRecord, 'estimates' | 'comparisons' | 'derived'>

/**
 * Resamples an interval rests on. At 1,000 its ends are known to within some 4 % of its half-width; all
 * others are there to be looked up, and a run is not to end with seconds of arithmetic.
 */
const resamplesOf = { headline: 1000, other: 100, rough: 60 } as const

/** Everything that is computed from a run's trials. */
export function analyse(input: AnalysisInput): Analysis {
  const used = metrics.filter(({ load }) => input.kinds.has(load))
  return {
    estimates: used.flatMap((metric) => estimatesOf(metric, input)),
    comparisons: compareAll(used, input, ({ headline }) => ({
      family: familyOf(used, input),
      resamples: headline ? resamplesOf.headline : resamplesOf.other,
    })),
    derived: {
      routerCost: routerCostOf(input),
      floodLimit: floodLimitOf(input),
      programCost: programCostOf(input),
    },
  }
}

/** The comparisons of headline metrics, untested and with ends that still move a little: for progress. */
export function analyseRoughly(input: AnalysisInput): Analysis {
  const used = metrics.filter(({ load, headline }) => headline && input.kinds.has(load))
  const comparisons = compareAll(used, input, () => ({ resamples: resamplesOf.rough }))
  return { estimates: [], comparisons, derived: { routerCost: [], floodLimit: [] } }
}

/** Number of tests that Holm's correction is over: the candidates' headline metrics. */
const familyOf = (used: readonly Metric[], { paths }: AnalysisInput): number =>
  paths.filter(({ role }) => role === 'candidate').length * used.filter(({ headline }) => headline).length

/** How much is computed for a comparison. */
interface Effort {
  readonly resamples: number
  /** As `comparePaired` has it. */
  readonly family?: number
}

const compareAll = (
  used: readonly Metric[],
  input: AnalysisInput,
  effortOf: (metric: Metric) => Effort,
): Comparison[] =>
  withVerdicts(
    used.flatMap((metric) => comparisonsOf(metric, input, effortOf(metric))),
    input,
  )

function estimatesOf(metric: Metric, { measured, paths, seed }: AnalysisInput): Analysis['estimates'] {
  return paths.flatMap(({ name }) => {
    const values = valuesByRound(measured, name, metric)
    const resampling = { random: randomSource(seed), resamples: resamplesOf.other }
    const estimate = locate(values, resampling)
    return estimate === null ? [] : [{ path: name, metric: metric.name, unit: metric.unit, ...estimate }]
  })
}

/** A comparison before margins and verdicts. */
type Compared = Omit<Comparison, 'adjustedPValue' | 'margin' | 'verdict'> & { readonly definition: Metric }

function comparisonsOf(metric: Metric, { measured, paths, seed }: AnalysisInput, effort: Effort): Compared[] {
  const baseline = paths.find(({ role }) => role === 'baseline')
  // A loss of zero has no ratio; losses are shown as they are.
  if (baseline === undefined || metric.unit === 'ratio') return []
  const baselineRounds = valuesByRound(measured, baseline.name, metric)
  return paths
    .filter((path) => path !== baseline)
    .flatMap(({ name }) => {
      const pathRounds = valuesByRound(measured, name, metric)
      const compared = comparePaired({
        rounds: baselineRounds.map((values, round) => ({ baseline: values, path: pathRounds[round] ?? [] })),
        random: randomSource(seed),
        ...effort,
      })
      if (compared === null) return []
      const { ratio, pValue, pValueMethod } = compared
      return [
        {
          path: name,
          baseline: baseline.name,
          metric: metric.name,
          unit: metric.unit,
          ratio,
          pValue,
          pValueMethod,
          definition: metric,
        },
      ]
    })
}

/** Margins from the control, metric by metric; p-values adjusted over the candidates' headline metrics. */
function withVerdicts(compared: readonly Compared[], { paths, margin }: AnalysisInput): Comparison[] {
  const roleOf = (path: string) => paths.find(({ name }) => name === path)?.role
  const isTested = ({ path, definition }: Compared) => roleOf(path) === 'candidate' && definition.headline
  const tested = compared.filter(isTested)
  const adjusted = holmAdjusted(tested.map(({ pValue }) => pValue))
  return compared.map((one) => {
    const { definition, ...comparison } = one
    const controls = compared.filter(
      ({ path, metric }) => roleOf(path) === 'control' && metric === one.metric,
    )
    const isControl = roleOf(one.path) === 'control'
    const ownMargin = isControl
      ? margin
      : marginFrom(
          controls.map(({ ratio }) => ratio),
          margin,
        )
    const adjustedPValue = adjusted[tested.indexOf(one)] ?? null
    const { low, high } = one.ratio
    const verdict = verdictOf({
      low,
      high,
      margin: ownMargin,
      better: definition.better,
      isControlEquivalent: ownMargin === margin,
      adjustedPValue,
    })
    return { ...comparison, adjustedPValue, margin: ownMargin, verdict }
  })
}

function metricByName(name: string): Metric {
  const found = metrics.find((metric) => metric.name === name)
  if (found === undefined) throw new Error(`no metric ${name}`)
  return found
}

/** The router's own cost a packet: what a path adds to client and server on one link. */
function routerCostOf({ measured, paths, seed }: AnalysisInput): Analysis['derived']['routerCost'] {
  const metric = metricByName('costNs')
  const baseline = paths.find(({ role }) => role === 'baseline')
  const floor = paths.find(({ role }) => role === 'floor')
  if (baseline === undefined || floor === undefined) return []
  const [baselineRounds, floorRounds] = [baseline, floor].map(({ name }) =>
    valuesByRound(measured, name, metric),
  )
  return paths
    .filter((path) => path !== floor)
    .flatMap(({ name }) => {
      const excess = excessOverFloor({
        rounds: valuesByRound(measured, name, metric).map((path, round) => ({
          path,
          baseline: baselineRounds?.[round] ?? [],
          floor: floorRounds?.[round] ?? [],
        })),
        random: randomSource(seed),
        resamples: resamplesOf.headline,
      })
      if (excess === null) return []
      const ratioToBaseline = name === baseline.name ? null : excess.ratioToBaseline
      return [{ path: name, unit: 'ns' as const, ...excess.excess, ratioToBaseline }]
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

/** Where in a flood the time after the last send is this share of all, the receiver was the slower end. */
const receiverLimitedShare = 0.1

function floodLimitOf({ measured, paths }: AnalysisInput): Analysis['derived']['floodLimit'] {
  return paths.flatMap(({ name }): Analysis['derived']['floodLimit'] => {
    const floods = measured.trials.filter(
      ({ path, kind, warmup }) => path === name && kind === 'flood' && !warmup,
    )
    // The last packet may be read before the last send has returned.
    const shares = floods.map(
      ({ durationNs, sendNs = durationNs }) => Math.max(0, durationNs - sendNs) / durationNs,
    )
    if (shares.length === 0) return []
    const share = shares.toSorted((a, b) => a - b)[Math.floor(shares.length / 2)] ?? 0
    const percent = `${(share * 100).toFixed(1)} %`
    const isReceiver = share > receiverLimitedShare
    return [
      {
        path: name,
        limitedBy: isReceiver ? 'receiver' : 'path',
        why: isReceiver
          ? `the last packet was delivered ${percent} of the time after the last send`
          : `the sender's CPU carried each packet to the server's socket; delivery trailed by ${percent} of the time`,
      },
    ]
  })
}
