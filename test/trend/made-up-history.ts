/** Made-up histories. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ExecutionContext } from 'ava'
import type { HistoryEntry, RatioValues } from '../../src/trend/history-entry.ts'
import { normalNoise } from './noise.ts'

/** A folder that goes with the test. */
export function temporaryFolder(t: ExecutionContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'pathbench-trend-'))
  t.teardown(() => {
    rmSync(folder, { recursive: true })
  })
  return folder
}

const firstRun = Date.parse('2026-01-01T02:00:00Z')
const day = 24 * 3600 * 1000

/** A nightly run; its ratios come from `ratioOf`, given the metric. */
export function entryFor(
  run: number,
  ratioOf: (metric: string) => number,
  changes: Partial<HistoryEntry> = {},
): HistoryEntry {
  const startedAt = new Date(firstRun + run * day).toISOString()
  const values = (metric: string): RatioValues => {
    const ratio = Number(ratioOf(metric).toPrecision(6))
    return [ratio, Number((ratio * 0.99).toPrecision(6)), Number((ratio * 1.01).toPrecision(6))]
  }
  return {
    runId: `${startedAt.replace(/[-:]|\.\d+/g, '')}-${run.toString(16).padStart(8, '0')}`,
    startedAt,
    scenario: 'redirect-vs-stack',
    conditions: { kernel: '6.18.1', CPU: 'made up, 2 of them', clang: '14.0.6', mitigations: 'sha256:aaaa' },
    roles: { redirect: 'candidate', control: 'control' },
    ratios: {
      redirect: { throughputPps: values('throughputPps'), 'rttNs.p50': values('rttNs.p50') },
      control: { throughputPps: [1, 0.99, 1.01], 'rttNs.p50': [1, 0.99, 1.01] },
    },
    ...changes,
  }
}

/**
 * 120 nights in noise of 1 %: from night 100 on, redirect's round trip is 4 % longer and the kernel another;
 * in night 50 its throughput is 20 % higher once.
 */
export function steppedHistory(): HistoryEntry[] {
  const noise = normalNoise(81)
  return Array.from({ length: 120 }, (_, run) =>
    entryFor(
      run,
      (metric) =>
        (1 + 0.01 * noise()) *
        (metric === 'rttNs.p50' && run >= 100 ? 1.04 : 1) *
        (metric === 'throughputPps' && run === 50 ? 1.2 : 1) *
        (metric === 'rttNs.p50' ? 0.95 : 1.05),
      run < 100
        ? {}
        : {
            conditions: {
              kernel: '6.19.0',
              CPU: 'made up, 2 of them',
              clang: '14.0.6',
              mitigations: 'sha256:bbbb',
            },
          },
    ),
  )
}
