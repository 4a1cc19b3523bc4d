/** A sweep over rules in which the stack grows by 2 ns for each, and redirect does not. */
import type { Comparison, Estimate, RunRecord } from '../../src/record/record.ts'
import type { Sweep } from '../../src/record/sweep.ts'
import { sampleRecord } from '../report/sample-record.ts'

const estimateOf = (estimate: number, halfWidth: number): Estimate => ({
  ...{ estimate, low: estimate - halfWidth, high: estimate + halfWidth },
  ...{ method: 'made up', n: 10 },
})

export const ruleCounts = [0, 100, 300, 1000] as const

/** ns per packet of a flood. */
const stackNs = (rules: number): number => 1500 + 2 * rules
const redirectNs = 1600

function recordAt(rules: number, runId: string): RunRecord {
  const record = sampleRecord()
  const pps = (ns: number) => estimateOf(1e9 / ns, 1e9 / ns / 200)
  const metric = { metric: 'throughputPps', unit: 'pps' }
  const ratio = stackNs(rules) / redirectNs
  const comparison: Comparison = {
    ...record.comparisons.find((one) => one.path === 'redirect' && one.metric === 'throughputPps')!,
    ratio: { ...estimateOf(ratio, ratio / 100), confidence: 0.95 },
    verdict: ratio > 1.02 ? 'faster' : ratio < 0.98 ? 'slower' : 'inconclusive',
  }
  return {
    ...record,
    runId,
    estimates: [
      { path: 'stack', ...metric, ...pps(stackNs(rules)) },
      { path: 'redirect', ...metric, ...pps(redirectNs) },
    ],
    comparisons: [comparison],
    derived: { ...record.derived, routerCost: [] },
  }
}

const record = sampleRecord()

export const madeUpSweep: Sweep = {
  schemaVersion: 1,
  sweepId: 'sweep-20261112T140312Z-0000002a',
  ...{ scenario: record.scenario, title: record.title, scenarioSource: 'name: x\n', seed: 42 },
  request: {
    command: 'run',
    scenario: record.scenario,
    options: { quick: false, margin: 0.01, receiver: 'spinning' },
  },
  kernel: '6.18.0',
  startedAt: '2026-11-12T14:03:12.000Z',
  finishedAt: '2026-11-12T14:04:12.000Z',
  complete: true,
  axes: [{ name: 'rules', values: [...ruleCounts] }],
  points: ruleCounts.map((rules, index) => ({
    ...{ values: { rules }, runId: `run-${index}`, state: 'measured' as const },
    ...{ roundsDone: 5, rounds: 5 },
  })),
}

export const madeUpRecords: ReadonlyMap<string, RunRecord> = new Map(
  ruleCounts.map((rules, index) => [`run-${index}`, recordAt(rules, `run-${index}`)]),
)
