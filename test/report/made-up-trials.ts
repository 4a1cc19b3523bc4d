/** Makes up trials of paths whose true times are known, the same every time. */
import type { PathRecord, RunRecord, TrialDistribution, TrialRecord } from '../../src/record/record.ts'

export type TrialKind = 'flood' | 'pingpong' | 'paced' | 'http'

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

export const measure = ({
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
