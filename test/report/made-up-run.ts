/** Makes up runs that look like real ones, the same every time. */
import { comparedDistributions } from '../../src/parts/metrics/metrics.ts'
import { metrics, type Metric } from '../../src/record/metrics.ts'
import type { Comparison, Distribution, RunRecord } from '../../src/record/record.ts'
import { type MadeUpPath, type MadeUpRun, measure, type TrialKind } from './made-up-trials.ts'

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

const method = 'Hodges–Lehmann, two-stage bootstrap'

/** Of metrics that nothing here speaks of. */
const otherLevel = 10_000

const levelOf = ({ name, load }: Metric, path: MadeUpPath): number => {
  if (name === 'throughputPps') return 180_000 / path.factors.flood
  if (name === 'costNs') return 5400 * path.factors.flood
  if (name === 'lossRatio') return 0
  if (name === 'httpRps') return 24_000 / path.factors.http
  const [distribution = '', statistic = ''] = name.split('.')
  return (
    (medianNs[distribution] ?? otherLevel) * (stretch[statistic] ?? 1) * factorOf(path, distribution, load)
  )
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
