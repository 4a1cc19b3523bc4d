/** The trend as JSON: runs once, and what refers to them by index. */
import type { Problem } from '../../trend/history-file.ts'
import type { Trend } from '../../trend/findings.ts'
import { falseChangesPerRun } from '../../trend/trend.ts'

/** What `bench trend --json` prints. */
export const trendJson = (trends: readonly Trend[], problems: readonly Problem[]) => ({
  schemaVersion: 1,
  falseChangesPerRun,
  scenarios: trends.map(({ scenario, host, runs, conditionsChanges, gaps, level, series }) => ({
    scenario,
    host: host ?? null,
    /** What a p-value of this scenario was held against. */
    level,
    runs: runs.map(({ runId, startedAt, commit }) => ({ runId, startedAt, commit: commit ?? null })),
    conditionsChanges,
    gaps,
    series: series.map(({ path, role, metric: { name, unit, better }, ...found }) => ({
      ...{ path, role, metric: name, unit, better },
      ...found,
    })),
  })),
  problems,
})
