/** Makes up runs that look like real ones, the same every time. */
import { comparedDistributions } from '../../src/parts/metrics/metrics.ts'
import { metrics, type Metric } from '../../src/record/metrics.ts'
import type {
  Comparison,
  Distribution,
  PathRecord,
  RunRecord,
  TrialDistribution,
  TrialRecord,
} from '../../src/record/record.ts'

type TrialKind = 'flood' | 'pingpong' | 'paced' | 'http'

/** A path, and how its true times relate to the baseline's under each load: less is faster. */
export interface MadeUpPath {
  readonly record: Omit<PathRecord, 'distributions'>
  readonly factors: Readonly<Record<TrialKind, number>>
}

export interface MadeUpRun {
  readonly identity: Pick<
    RunRecord,
    'runId' | 'scenario' | 'title' | 'scenarioSource' | 'startedAt' | 'finishedAt' | 'command' | 'seed'
  >
  readonly trials: RunRecord['settings']['trials']
  readonly rounds: number
  /** One of them is for warm-up. */
  readonly blocksPerRound: number
  readonly paths: readonly MadeUpPath[]
  readonly derived: RunRecord['derived']
}

/** A linear congruential generator (Numerical Recipes, 3rd ed., 7.1.4): good enough for made-up noise. */
const randomNumbers = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

const quantileOf = (medianNs: number, quantile: number): number =>
  medianNs * (0.86 + 0.28 * quantile ** 2) + (medianNs * 0.06) / (1 - quantile + 2e-4) ** 0.55

const distributionAround = (name: string, medianNs: number, count: number): Distribution => {
  const quantiles = Array.from({ length: 400 }, (_, index): [number, number] => {
    const quantile = 1 - 10 ** (-index / 90)
    return [quantile, Math.round(quantileOf(medianNs, quantile))]
  })
  const minNs = quantiles[0]?.[1] ?? 0
  const maxNs = Math.round(quantileOf(medianNs, 1) * 3)
  return { name, count, minNs, maxNs, meanNs: medianNs * 1.08, quantiles: [...quantiles, [1, maxNs]] }
}

const medianNs: Readonly<Record<string, number>> = {
  rttNs: 25_000,
  forwardNs: 12_400,
  returnNs: 12_600,
  pacedForwardNs: 14_000,
  httpLatencyNs: 2_400_000,
}
const stretch: Readonly<Record<string, number>> = { p50: 1, p90: 1.2, p99: 1.9, p999: 4, max: 9, mean: 1.08 }

/** No path here changes what a reply goes through. */
const factorOf = ({ factors }: MadeUpPath, distribution: string, load: string): number =>
  distribution === 'returnNs' ? 1 : factors[load as TrialKind]

const countOf: Readonly<Record<string, number>> = { flood: 0, pingpong: 90_000, paced: 45_000, http: 180_000 }

const distributionsOf = (path: MadeUpPath, loads: ReadonlySet<string>): Distribution[] => [
  ...comparedDistributions
    .filter(({ load }) => loads.has(load))
    .map(({ name, load }) =>
      distributionAround(name, (medianNs[name] ?? 0) * factorOf(path, name, load), countOf[load] ?? 0),
    ),
  ...(loads.has('paced')
    ? [
        distributionAround('pacedForwardUncorrectedNs', 13_700 * path.factors.paced, 45_000),
        distributionAround('scheduleErrorNs', 400, 45_000),
      ]
    : []),
]

const trialStatistics = (median: number): TrialDistribution => ({
  count: 1000,
  p50: median,
  p90: median * 1.2,
  p99: median * 1.9,
  p999: median * 4,
  max: median * 9,
  mean: median * 1.08,
})

const trialOf = (
  { record: { name }, factors }: MadeUpPath,
  kind: TrialKind,
  place: Pick<TrialRecord, 'round' | 'block' | 'position' | 'warmup' | 'startNs'>,
  slowness: number,
): TrialRecord => {
  const factor = factors[kind] * slowness
  const packets = kind === 'flood' ? 3200 : 1000
  const trial = { ...place, path: name, kind, durationNs: 12e6, sent: packets, received: packets, lost: 0 }
  if (kind === 'http')
    return {
      ...trial,
      connections: 64,
      httpRps: 24_000 / factor,
      httpLatencyNs: trialStatistics(2_400_000 * factor),
    }
  const udp = {
    ...trial,
    reordered: 0,
    duplicated: 0,
    senderCpuNs: 11e6,
    receiverCpuNs: 11e6,
    senderPreempted: slowness > 1.2 ? 3 : 0,
    receiverPreempted: 0,
  }
  if (kind === 'flood')
    return { ...udp, shortSends: 2, throughputPps: 180_000 / factor, costNs: 5400 * factor, lossRatio: 0 }
  if (kind === 'paced') return { ...udp, pacedForwardNs: trialStatistics(14_000 * factor) }
  return {
    ...udp,
    timeouts: 0,
    late: 0,
    rttNs: trialStatistics(25_000 * factor),
    forwardNs: trialStatistics(12_400 * factor),
    returnNs: trialStatistics(12_600 * slowness),
  }
}

const method = 'Hodges–Lehmann, two-stage bootstrap'

const levelOf = ({ name, load }: Metric, path: MadeUpPath): number => {
  if (name === 'throughputPps') return 180_000 / path.factors.flood
  if (name === 'costNs') return 5400 * path.factors.flood
  if (name === 'lossRatio') return 0
  if (name === 'httpRps') return 24_000 / path.factors.http
  const [distribution = '', statistic = ''] = name.split('.')
  return (medianNs[distribution] ?? 0) * (stretch[statistic] ?? 1) * factorOf(path, distribution, load)
}

const widthOf = (metric: string): number =>
  metric.endsWith('.max') ? 0.2 : metric.endsWith('.p999') ? 0.05 : metric.endsWith('.p99') ? 0.012 : 0.003

const comparisonOf = (path: MadeUpPath, baseline: MadeUpPath, metric: Metric): Comparison => {
  const ratio = levelOf(metric, path) / levelOf(metric, baseline)
  const half = widthOf(metric.name)
  const isBetter = metric.better === 'higher' ? ratio > 1 : ratio < 1
  const isClear = Math.abs(ratio - 1) > half + 0.01
  return {
    path: path.record.name,
    baseline: baseline.record.name,
    metric: metric.name,
    unit: metric.unit,
    ratio: { estimate: ratio, low: ratio - half, high: ratio + half, confidence: 0.95, method, n: 80 },
    pValue: isClear ? 0.0002 : 0.41,
    adjustedPValue: metric.headline && path.record.role === 'candidate' ? (isClear ? 0.0012 : 0.82) : null,
    margin: 0.01,
    verdict: isClear ? (isBetter ? 'faster' : 'slower') : half < 0.01 ? 'equivalent' : 'inconclusive',
  }
}

const measure = ({
  trials: loads,
  rounds,
  blocksPerRound,
  paths,
}: MadeUpRun): Pick<RunRecord, 'blocks' | 'trials'> => {
  const random = randomNumbers(20_261_112)
  const blocks: RunRecord['blocks'] = []
  const trials: RunRecord['trials'] = []
  let startNs = 1e12
  for (let round = 0; round < rounds; round++)
    for (let block = 0; block < blocksPerRound; block++) {
      const isStolen = random() > 0.9
      const level = 1 + 0.15 * Math.sin(round) + (isStolen ? 0.4 : 0)
      const warmup = block === 0
      blocks.push({
        round,
        block,
        warmup,
        startNs,
        durationNs: 150e6,
        stealShare: isStolen ? 0.08 + 0.1 * random() : 0.01 * random(),
        busyShare: 0.97,
        contextSwitches: 120,
        netRxSoftirqs: 40_000,
        netTxSoftirqs: 12,
        frequencyMHz: null,
      })
      let position = 0
      for (const { kind } of loads)
        for (const path of paths) {
          const slowness = level * (1 + (isStolen ? 0.08 : 0.015) * (random() - 0.5))
          trials.push(trialOf(path, kind as TrialKind, { round, block, position, warmup, startNs }, slowness))
          position++
          startNs += 12e6
        }
    }
  return { blocks, trials }
}

const environment: RunRecord['environment'] = {
  kernel: '6.18.5',
  distribution: 'Debian GNU/Linux 12 (bookworm)',
  architecture: 'x64',
  cpuModel: 'Intel(R) Xeon(R) Processor @ 2.60GHz',
  cpuCount: 2,
  hypervisor: 'kvm',
  clockSource: 'tsc',
  governor: null,
  memoryBytes: 8 * 2 ** 30,
  mitigations: { meltdown: 'Not affected', spectre_v2: 'Mitigation: Enhanced / Automatic IBRS' },
  sysctls: { 'net.core.rmem_max': '212992', 'net.core.netdev_budget': '300' },
  tools: { node: '24.21.0', clang: '14.0.6', bpftool: '7.1.0', udpgen: '0.1.0', pathbench: '0.1.0' },
}

const settingsOf = ({ rounds, blocksPerRound, trials }: MadeUpRun): RunRecord['settings'] => ({
  quick: false,
  rounds,
  blocksPerRound,
  roundTimeS: 1.5,
  warmupBlocks: 1,
  precision: null,
  maxTimeS: 60,
  margin: 0.01,
  payloadBytes: 18,
  ratePps: 50_000,
  senderCpu: 0,
  receiverCpu: 1,
  receiver: 'spinning',
  trials,
})

const warnings: RunRecord['warnings'] = [
  {
    code: 'steal',
    message:
      'The hypervisor took up to 17 % of the CPU time of a block. Run on an idle host for narrower intervals.',
  },
]

/** The record of a whole run in which all went well. */
export const madeUpRun = (run: MadeUpRun): RunRecord => {
  const loads = new Set(run.trials.map(({ kind }) => kind))
  const measured = metrics.filter(({ load }) => loads.has(load))
  const baseline = run.paths.find(({ record }) => record.role === 'baseline')
  const others = run.paths.filter((path) => path !== baseline)
  return {
    schemaVersion: 1,
    ...run.identity,
    complete: true,
    settings: settingsOf(run),
    environment,
    phasesNs: { setup: 0.4e9, build: 0.6e9, warmup: 1.5e9, measuring: 14.9e9, proof: 0.3e9, other: 0.8e9 },
    paths: run.paths.map((path) => ({ ...path.record, distributions: distributionsOf(path, loads) })),
    estimates: run.paths.flatMap((path) =>
      measured.map((metric) => {
        const estimate = levelOf(metric, path)
        const half = estimate * Math.max(0.02, widthOf(metric.name))
        return {
          path: path.record.name,
          metric: metric.name,
          unit: metric.unit,
          estimate,
          low: estimate - half,
          high: estimate + half,
          method,
          n: metric.pairing === 'block' ? 80 : 10,
        }
      }),
    ),
    comparisons: others.flatMap((path) =>
      measured
        .filter(({ name }) => baseline && name !== 'lossRatio')
        .map((metric) => comparisonOf(path, baseline ?? path, metric)),
    ),
    derived: run.derived,
    warnings,
    rounds: [],
    ...measure(run),
  }
}

/** A ratio or a level as an analysis gives it. */
export const estimated = (
  estimate: number,
  low: number,
  high: number,
): { estimate: number; low: number; high: number; method: string; n: number } => ({
  estimate,
  low,
  high,
  method,
  n: 80,
})
