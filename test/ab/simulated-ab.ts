/** Runs of `bench ab` whose truth is known: trials of two builds and a control, judged by the code that judges real ones. */
import { abPaths } from '../../src/ab/ab-scenario.ts'
import { confirms, headlinesOf, type Judged, suspectsIn } from '../../src/ab/regression.ts'
import { metricNamed, type Metric } from '../../src/record/metrics.ts'
import type { Comparison, TrialDistribution, TrialRecord } from '../../src/record/record.ts'
import { analyse } from '../../src/run/analysis.ts'
import { type RandomSource, randomSource } from '../../src/stats/random.ts'

/** The headline metrics of a run without HTTP. */
export const judgedMetrics = [
  'throughputPps',
  'costNs',
  'rttNs.p50',
  'rttNs.p99',
  'pacedForwardNs.p50',
  'pacedForwardNs.p99',
] as const

export type JudgedMetric = (typeof judgedMetrics)[number]

/** What one block measured of a metric, on three builds of one program. */
export type Block = Partial<Readonly<Record<JudgedMetric, readonly [number, number, number]>>>

/** A run of one program thrice: its blocks by round. */
export type Noise = (random: RandomSource) => readonly (readonly Block[])[]

/** True ratio of head / base by metric; 1 where it is not given. */
export type Change = Partial<Readonly<Record<JudgedMetric, number>>>

/** A packet that takes `ratio` times as long on the sender's CPU. The other metrics are left as they were. */
export const slowerBy = (ratio: number): Change => ({ throughputPps: 1 / ratio, costNs: ratio })

const settings = { margin: 0.01 }

const paths = [abPaths.base, abPaths.head, abPaths.control] as const
const roles = ['baseline', 'candidate', 'control'] as const

const none: TrialDistribution = { count: 1, p50: NaN, p90: NaN, p99: NaN, p999: NaN, max: NaN, mean: NaN }

/** The comparisons of a run of `bench ab` in which head differs from base by `change`. */
export function simulatedComparisons(noise: Noise, change: Change, seed: number): Comparison[] {
  const random = randomSource(seed)
  const trials = noise(random).flatMap((blocks, round) =>
    blocks.flatMap((block, number) =>
      paths.flatMap((path, place) => trialsOf(block, place, change, { path, round, block: number })),
    ),
  )
  const { comparisons } = analyse({
    measured: { trials, rounds: [] },
    paths: paths.map((name, place) => ({ name, role: roles[place]! })),
    trials: [{ kind: 'flood' }, { kind: 'pingpong' }, { kind: 'paced' }],
    programCosts: [],
    ...settings,
    seed,
  })
  return comparisons
}

type Place = Pick<TrialRecord, 'path' | 'round' | 'block'>

/** The trials of one path in a block, one of each kind. */
function trialsOf(block: Block, path: number, change: Change, place: Place): TrialRecord[] {
  const isChanged = place.path === abPaths.head
  const byKind = new Map<Metric['load'], Record<string, number | TrialDistribution>>()
  for (const name of judgedMetrics) {
    const value = block[name]?.[path]
    if (value === undefined) continue
    const { load } = metricNamed(name)!
    const changed = value * (isChanged ? (change[name] ?? 1) : 1)
    const found = byKind.get(load) ?? {}
    const [field, suffix] = name.split('.') as [string, string | undefined]
    found[field] =
      suffix === undefined
        ? changed
        : { ...((found[field] as TrialDistribution | undefined) ?? none), [suffix]: changed }
    byKind.set(load, found)
  }
  return [...byKind].map(([kind, values]) => ({
    ...{ ...place, kind, ...values, warmup: false, position: 0 },
    ...{ startNs: 0, durationNs: 1, sent: 1, received: 1, lost: 0 },
  }))
}

export interface Judgement {
  /** Whether the first run suspects a regression, and whether the second agrees. */
  readonly isSuspected: boolean
  readonly isConfirmed: boolean
  /** The first run's comparisons of the head. */
  readonly head: readonly Comparison[]
}

/** Judges as `bench ab` does: what the first run suspects is measured again. Seeds 2n and 2n + 1 are a run's own. */
export function judgeSimulated(noise: Noise, change: Change, number: number): Judgement {
  const measure = (seed: number): Judged => ({
    comparisons: simulatedComparisons(noise, change, seed),
    settings,
  })
  const first = measure(2 * number)
  const suspects = suspectsIn(first)
  const isSuspected = suspects.length > 0
  return {
    isSuspected,
    isConfirmed:
      isSuspected &&
      headlinesOf(measure(2 * number + 1).comparisons).some(
        (again) => suspects.some(({ metric }) => metric === again.metric) && confirms(again, settings.margin),
      ),
    head: first.comparisons.filter(({ path }) => path === abPaths.head),
  }
}

/** Whether a comparison's interval holds the true ratio; one without an interval claims nothing. */
export const holdsTruth = ({ metric, ratio: { low, high } }: Comparison, change: Change): boolean => {
  const truth = change[metric as JudgedMetric] ?? 1
  return (low ?? -Infinity) <= truth && truth <= (high ?? Infinity)
}
