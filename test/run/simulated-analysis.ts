/** Analyses of simulated trials, whose true ratios are known. */
import type { TrialRecord } from '../../src/record/record.ts'
import { analyse, type AnalysisInput } from '../../src/run/analysis.ts'
import { sampleRecord } from '../report/sample-record.ts'
import { simulatedTrials, timeRatios } from './simulated-trials.ts'

export const { paths } = sampleRecord()
export const trials = simulatedTrials(1)
export const { redirect: redirectRatio = NaN, floor: floorRatio = NaN } = timeRatios

export const input = (changes: Partial<AnalysisInput> = {}): AnalysisInput => ({
  measured: { trials, rounds: [] },
  paths: paths.map(({ name, role }) => ({ name, role })),
  trials: [{ kind: 'flood' }, { kind: 'pingpong' }],
  programCosts: [],
  margin: 0.01,
  seed: 1,
  ...changes,
})

/** Of floods alone: a third of the work. */
export const floods = { trials: [{ kind: 'flood' }] } as const

export const withTrials = (
  change: (trial: TrialRecord) => TrialRecord[],
  changes: Partial<AnalysisInput> = {},
) => input({ measured: { trials: trials.flatMap(change), rounds: [] }, ...changes })

export const comparisonIn = ({ comparisons }: ReturnType<typeof analyse>, path: string, metric: string) =>
  comparisons.find((one) => one.path === path && one.metric === metric)!

export const plain = analyse(input())
export const ofFloods = analyse(input(floods))
