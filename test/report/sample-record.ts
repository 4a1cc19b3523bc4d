/** A made-up run that looks like a real one, the same every time. */
import { metrics } from '../../src/results/metrics.ts'
import type {
  BuiltTopology,
  Comparison,
  Distribution,
  PathRecord,
  RunRecord,
  TrialDistribution,
  TrialRecord,
  WayStep,
} from '../../src/results/record.ts'

const rounds = 10
const blocksPerRound = 9
const loads = ['flood', 'pingpong', 'paced'] as const

/** A linear congruential generator (Numerical Recipes, 3rd ed., 7.1.4): good enough for made-up noise. */
const randomNumbers = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** How each path's true speed relates to the baseline's: less is faster. */
const timeFactors: Readonly<Record<string, number>> = { stack: 1, redirect: 0.943, control: 1, floor: 0.79 }

const routed: BuiltTopology = {
  namespaces: ['netns-1', 'netns-2', 'netns-3'],
  links: [
    {
      name: 'veth1',
      ends: [
        { namespace: 'netns-1', device: 'veth1@1', addresses: ['10.10.2.11/24'] },
        { namespace: 'netns-2', device: 'veth1@2', addresses: ['10.10.2.10/24'] },
      ],
    },
    {
      name: 'veth2',
      ends: [
        { namespace: 'netns-2', device: 'veth2@1', addresses: ['10.10.3.10/24'] },
        { namespace: 'netns-3', device: 'veth2@2', addresses: ['10.10.3.11/24', '10.10.3.20/24'] },
      ],
    },
  ],
}

const direct: BuiltTopology = {
  namespaces: ['netns-1', 'netns-3'],
  links: [
    {
      name: 'veth1',
      ends: [
        { namespace: 'netns-1', device: 'veth1@1', addresses: ['10.10.3.10/24'] },
        { namespace: 'netns-3', device: 'veth2@2', addresses: ['10.10.3.11/24', '10.10.3.20/24'] },
      ],
    },
  ],
}

const stackAt = (namespace: string): WayStep => ({ through: 'stack', namespace })
const deviceAt = (namespace: string, device: string): WayStep => ({ through: 'device', namespace, device })

const routedWay = (middle: WayStep): WayStep[] => [
  stackAt('netns-1'),
  deviceAt('netns-1', 'veth1@1'),
  deviceAt('netns-2', 'veth1@2'),
  middle,
  deviceAt('netns-2', 'veth2@1'),
  deviceAt('netns-3', 'veth2@2'),
  stackAt('netns-3'),
]

const redirectHook = {
  program: 'redirect_ingress',
  hook: 'tc/ingress',
  namespace: 'netns-2',
  device: 'veth1@2',
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

const trialStatistics = (medianNs: number): TrialDistribution => ({
  count: 1000,
  p50: medianNs,
  p90: medianNs * 1.2,
  p99: medianNs * 1.9,
  p999: medianNs * 4,
  max: medianNs * 9,
  mean: medianNs * 1.08,
})

const pathRecord = (name: string, role: PathRecord['role'], title: string): PathRecord => {
  const factor = timeFactors[name] ?? 1
  const isFloor = role === 'floor'
  const isRedirect = name === 'redirect'
  const middle: WayStep = isRedirect
    ? { through: 'program', ...redirectHook }
    : { through: 'stack', namespace: 'netns-2' }
  return {
    name,
    role,
    title,
    status: 'measured',
    skips: isRedirect
      ? [
          'IP forwarding: the TTL stays as it is',
          "netfilter's forward and postrouting hooks",
          'the route lookup in netns-2',
        ]
      : isFloor
        ? ['the router altogether: the hosts are linked directly']
        : [],
    topology: isFloor ? direct : routed,
    programs: isRedirect ? [{ object: 'redirect.bpf.o', ...redirectHook }] : [],
    way: isFloor
      ? [
          stackAt('netns-1'),
          deviceAt('netns-1', 'veth1@1'),
          deviceAt('netns-3', 'veth2@2'),
          stackAt('netns-3'),
        ]
      : routedWay(middle),
    proof: [
      {
        what: 'netns-3 Udp.InDatagrams per delivered packet',
        expected: '1.000',
        observed: '1.000',
        holds: true,
      },
      ...(isFloor
        ? []
        : [
            {
              what: 'netns-2 Ip.ForwDatagrams per delivered packet',
              expected: isRedirect ? '0' : '1.000',
              observed: isRedirect ? '0' : '1.000',
              holds: true,
            },
          ]),
    ],
    distributions: [
      distributionAround('rttNs', 25_000 * factor, 90_000),
      distributionAround('forwardNs', 12_400 * factor, 90_000),
      distributionAround('returnNs', 12_600, 90_000),
      distributionAround('pacedForwardNs', 14_000 * factor, 45_000),
      distributionAround('pacedForwardUncorrectedNs', 13_700 * factor, 45_000),
      distributionAround('scheduleErrorNs', 400, 45_000),
    ],
  }
}

const trialOf = (
  path: string,
  kind: TrialRecord['kind'],
  place: Pick<TrialRecord, 'round' | 'block' | 'position' | 'warmup' | 'startNs'>,
  slowness: number,
): TrialRecord => {
  const factor = (timeFactors[path] ?? 1) * slowness
  const packets = kind === 'flood' ? 3200 : 1000
  const trial = {
    ...place,
    path,
    kind,
    durationNs: 12e6,
    sent: packets,
    received: packets,
    lost: 0,
    reordered: 0,
    duplicated: 0,
    senderCpuNs: 11e6,
    receiverCpuNs: 11e6,
    senderPreempted: slowness > 1.2 ? 3 : 0,
    receiverPreempted: 0,
  }
  if (kind === 'flood')
    return { ...trial, shortSends: 2, throughputPps: 180_000 / factor, costNs: 5400 * factor, lossRatio: 0 }
  if (kind === 'paced') return { ...trial, pacedForwardNs: trialStatistics(14_000 * factor) }
  return {
    ...trial,
    timeouts: 0,
    late: 0,
    rttNs: trialStatistics(25_000 * factor),
    forwardNs: trialStatistics(12_400 * factor),
    returnNs: trialStatistics(12_600 * slowness),
  }
}

const method = 'Hodges–Lehmann, two-stage bootstrap'

const medianNs: Readonly<Record<string, number>> = {
  rttNs: 25_000,
  forwardNs: 12_400,
  returnNs: 12_600,
  pacedForwardNs: 14_000,
}
const stretch: Readonly<Record<string, number>> = { p50: 1, p90: 1.2, p99: 1.9, p999: 4, max: 9, mean: 1.08 }

const levelOf = (metric: string, path: string): number => {
  const factor = timeFactors[path] ?? 1
  if (metric === 'throughputPps') return 180_000 / factor
  if (metric === 'costNs') return 5400 * factor
  if (metric === 'lossRatio') return 0
  const [distribution = '', statistic = ''] = metric.split('.')
  return (
    (medianNs[distribution] ?? 0) * (stretch[statistic] ?? 1) * (distribution === 'returnNs' ? 1 : factor)
  )
}

const widthOf = (metric: string): number =>
  metric.endsWith('.max') ? 0.2 : metric.endsWith('.p999') ? 0.05 : metric.endsWith('.p99') ? 0.012 : 0.003

const comparisonOf = (path: string, metric: (typeof metrics)[number]): Comparison => {
  const ratio = levelOf(metric.name, path) / levelOf(metric.name, 'stack')
  const half = widthOf(metric.name)
  const isBetter = metric.better === 'higher' ? ratio > 1 : ratio < 1
  const isClear = Math.abs(ratio - 1) > half + 0.01
  return {
    path,
    baseline: 'stack',
    metric: metric.name,
    unit: metric.unit,
    ratio: { estimate: ratio, low: ratio - half, high: ratio + half, confidence: 0.95, method, n: 80 },
    pValue: isClear ? 0.0002 : 0.41,
    adjustedPValue: metric.headline && path === 'redirect' ? (isClear ? 0.0012 : 0.82) : null,
    margin: 0.01,
    verdict: isClear ? (isBetter ? 'faster' : 'slower') : half < 0.01 ? 'equivalent' : 'inconclusive',
  }
}

const scenarioSource = `# yaml-language-server: $schema=../scenario.schema.json
name: redirect-vs-stack
title: TC ingress redirect against the kernel's own forwarding
`

/** Four paths, ten rounds of nine blocks, all well: redirect 6 % faster than stack. */
export const sampleRecord = (): RunRecord => {
  const random = randomNumbers(20_261_112)
  const paths = [
    pathRecord('stack', 'baseline', "The kernel's own forwarding"),
    pathRecord('redirect', 'candidate', 'TC ingress redirect to the far device'),
    pathRecord('control', 'control', 'The baseline built a second time'),
    pathRecord('floor', 'floor', 'The same hosts with no router between'),
  ]
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
      for (const kind of loads)
        for (const { name } of paths) {
          const slowness = level * (1 + (isStolen ? 0.08 : 0.015) * (random() - 0.5))
          trials.push(trialOf(name, kind, { round, block, position, warmup, startNs }, slowness))
          position++
          startNs += 12e6
        }
    }
  return {
    schemaVersion: 1,
    runId: '2026-11-12T140312Z-5f3a',
    scenario: 'redirect-vs-stack',
    title: "TC ingress redirect against the kernel's own forwarding",
    scenarioSource,
    startedAt: '2026-11-12T14:03:12Z',
    finishedAt: '2026-11-12T14:03:31Z',
    complete: true,
    command: 'sudo ./bench run redirect-vs-stack --seed 42',
    seed: 42,
    settings: {
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
      trials: [
        { kind: 'flood', packets: 3200 },
        { kind: 'pingpong', packets: 1000 },
        { kind: 'paced', packets: 500, ratePps: 50_000 },
      ],
    },
    environment: {
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
    },
    phasesNs: {
      setup: 0.4e9,
      build: 0.6e9,
      warmup: 1.5e9,
      measuring: 14.9e9,
      proof: 0.3e9,
      other: 0.8e9,
    },
    paths,
    estimates: paths.flatMap(({ name }) =>
      metrics.map((metric) => {
        const estimate = levelOf(metric.name, name)
        const half = estimate * Math.max(0.02, widthOf(metric.name))
        return {
          path: name,
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
    comparisons: ['redirect', 'control', 'floor'].flatMap((path) =>
      metrics.filter(({ name }) => name !== 'lossRatio').map((metric) => comparisonOf(path, metric)),
    ),
    derived: {
      routerCost: [
        {
          path: 'stack',
          unit: 'ns',
          estimate: 1134,
          low: 1090,
          high: 1180,
          method,
          n: 80,
          ratioToBaseline: null,
        },
        {
          path: 'redirect',
          unit: 'ns',
          estimate: 826,
          low: 790,
          high: 862,
          method,
          n: 80,
          ratioToBaseline: { estimate: 0.728, low: 0.705, high: 0.752, method, n: 80 },
        },
      ],
      floodLimit: paths.map(({ name }) => ({
        path: name,
        limitedBy: 'path' as const,
        why: 'the sender waited for the path, and the receiver was idle 12 % of the time',
      })),
    },
    warnings: [
      {
        code: 'steal',
        message:
          'The hypervisor took up to 17 % of the CPU time of a block. Run on an idle host for narrower intervals.',
      },
    ],
    rounds: [],
    blocks,
    trials,
  }
}
