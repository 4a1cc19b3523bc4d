/** A search on simulated devices of known capacity. */
import { resultOf } from '../../src/mlrsearch/bounds.ts'
import { knownGoals } from '../../src/mlrsearch/goal.ts'
import { limitsOf } from '../../src/mlrsearch/limits.ts'
import { nextTrial } from '../../src/mlrsearch/next-trial.ts'
import type { Loss, RateTrial, Search, SearchGoal } from '../../src/record/search.ts'
import { sampleRecord } from '../report/sample-record.ts'

export const range = { minPps: 1000, maxPps: 1_000_000 }
export const goals: SearchGoal[] = [
  { name: 'ndr', ...knownGoals.ndr },
  { name: 'pdr', ...knownGoals.pdr },
]

/** What a device does with so many packets at a rate. */
export type Device = (ratePps: number, packets: number) => { loss: Loss; preempted?: number }

/** Takes so much of what is offered; the rest gets lost at a place. */
export const taking =
  (capacityPps: number, where: keyof Loss): Device =>
  (ratePps, packets) => ({
    loss: {
      ...{ notOffered: 0, atSocket: 0, onPath: 0 },
      [where]: Math.round(packets * Math.max(0, 1 - capacityPps / ratePps)),
    },
  })

function trialsOn(path: string, device: Device, most: number): RateTrial[] {
  const trials: RateTrial[] = []
  while (trials.length < most) {
    const losses = trials.map((trial) => ({
      ...trial,
      lossRatio: (trial.packets - trial.received) / trial.packets,
    }))
    const next = nextTrial(goals, range, losses)
    if (next === undefined) break
    const packets = Math.round(next.ratePps * next.durationS)
    const { loss, preempted = 0 } = device(next.ratePps, packets)
    const received = packets - loss.notOffered - loss.atSocket - loss.onPath
    trials.push({ path, ...next, packets, received, loss, senderCpuShare: 1, preempted, atS: trials.length })
  }
  return trials
}

const paths = sampleRecord().paths.map(({ name, role, title, status, proof }) => ({
  ...{ name, role, title, status, proof },
}))

/** @param devices by path; @param most trials on each */
export function madeUpSearch(devices: Readonly<Record<string, Device>>, most = 1000): Search {
  const byPath = Object.entries(devices).map(
    ([path, device]) => [path, trialsOn(path, device, most)] as const,
  )
  const trials = byPath.flatMap(([, own]) => own)
  const results = byPath.flatMap(([path, own]) => {
    const losses = own.map((trial) => ({
      ...trial,
      lossRatio: (trial.packets - trial.received) / trial.packets,
    }))
    return goals.map((goal) => ({ path, ...resultOf(goal, losses, range) }))
  })
  const { scenario, title, scenarioSource, startedAt, finishedAt, environment } = sampleRecord()
  return {
    schemaVersion: 1,
    searchId: 'search-20261126T100000Z-00000001',
    ...{ scenario, title, scenarioSource, startedAt, finishedAt, environment },
    request: { scenario },
    ...{ seed: 1, complete: true, payloadBytes: 64, flows: 1, receiver: 'spinning', warnings: [] },
    paths: paths.filter(({ name }) => name in devices),
    goals,
    ...range,
    maxTimeS: 900,
    results: results.map((result) => ({ ...result, ...limitsOf(result, trials, results, 'floor') })),
    latencies: byPath.flatMap(([path]) =>
      [0.1, 0.5, 0.9].map((share) => ({
        ...{ path, share, ratePps: 400_000 * share, packets: 100_000, lost: share === 0.9 ? 500 : 0 },
        ...{ p50Ns: 4000 * (1 + share), p90Ns: 6000, p99Ns: 9000 * (1 + share), maxNs: 1e6 },
      })),
    ),
    trials,
  }
}
