/** Fleets of simulated runs, with known ratios. */
import type { ReadFleet } from '../../src/record/fleet.ts'
import type { RunRecord } from '../../src/record/record.ts'
import { simulatedRun } from '../across/simulated-runs.ts'

export interface MadeUpHost {
  readonly timeRatio?: number
  readonly kernel?: string
  readonly cpuModel?: string
}

/** @param hosts by name; of null there is no record */
export const madeUpFleet = (hosts: Readonly<Record<string, MadeUpHost | null>>): ReadFleet => ({
  name: 'fleet-20261127T100000Z-00000001',
  scenario: 'redirect-vs-stack',
  hosts: Object.entries(hosts).map(([host, made], index) =>
    made === null
      ? { host, state: 'failed', reason: 'Could not run: the kernel has no BPF' }
      : { host, state: 'measured', record: recordOf(host, made, index + 1) },
  ),
})

function recordOf(host: string, { timeRatio, ...own }: MadeUpHost, seed: number): RunRecord {
  const slowness = 1 + seed / 4
  const record = simulatedRun({
    seed,
    slowness,
    resamples: 50,
    ...(timeRatio === undefined ? {} : { timeRatio }),
  })
  return { ...record, environment: { ...record.environment, host, ...own } }
}

/** Of two kernels, on the newer of which the path is slower. */
export const twoKernels = (): ReadFleet =>
  madeUpFleet({
    'web-1': { kernel: '6.1.0', timeRatio: 0.9 },
    'web-2': { kernel: '6.1.0', timeRatio: 0.905 },
    'web-3': { kernel: '6.1.0', timeRatio: 0.895 },
    'db-1': { kernel: '6.12.9', timeRatio: 1 },
    'db-2': { kernel: '6.12.9', timeRatio: 1.005 },
    'db-3': { kernel: '6.12.9', timeRatio: 0.995 },
    broken: null,
  })
