/** A line of the history: what a run found, in as few bytes as will do for its trend. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { isFileName } from '../host/file-name.ts'
import { metricNamed } from '../results/metrics.ts'
import type { RunRecord, Settings } from '../results/record.ts'

/** Version of a line's shape that this code writes. */
export const historyVersion = 1

/** The ratio to the run's own baseline path, and its interval, where it has one. */
export type RatioValues = readonly [ratio: number, low: number | null, high: number | null]

export interface HistoryEntry {
  readonly runId: string
  /** ISO 8601, UTC. */
  readonly startedAt: string
  readonly scenario: string
  /** What besides the paths may move a ratio, by name: the machine, the tools, the load. */
  readonly conditions: Readonly<Record<string, string>>
  /** Of every path that was compared: its role. */
  readonly roles: Readonly<Record<string, string>>
  /** By path, then by metric. */
  readonly ratios: Readonly<Record<string, Readonly<Record<string, RatioValues>>>>
}

/** The shape of a line but for its ratios, of which one may be wrong and the others right. */
export const entryHeadSchema = z.object({
  schemaVersion: z.literal(historyVersion),
  runId: z.string().min(1),
  startedAt: z.iso.datetime(),
  // A page is written under this name.
  scenario: z.string().min(1).refine(isFileName, 'expected a name that a file can have'),
  conditions: z.record(z.string(), z.string()),
  roles: z.record(z.string(), z.string()),
  ratios: z.record(z.string(), z.unknown()),
})

/** What the history keeps of a run: the headline metrics of every path but the baseline. */
export function entryOf(record: RunRecord): HistoryEntry {
  const headline = record.comparisons.filter(({ metric }) => metricNamed(metric)?.headline === true)
  const byPath = Map.groupBy(headline, ({ path }) => path)
  return {
    runId: record.runId,
    startedAt: record.startedAt,
    scenario: record.scenario,
    conditions: conditionsOf(record),
    roles: Object.fromEntries(
      record.paths.filter(({ name }) => byPath.has(name)).map(({ name, role }) => [name, role]),
    ),
    ratios: Object.fromEntries(
      [...byPath].map(([path, comparisons]) => [
        path,
        Object.fromEntries(
          comparisons.map(({ metric, ratio: { estimate, low, high } }) => [
            metric,
            [short(estimate), low === null ? null : short(low), high === null ? null : short(high)],
          ]),
        ),
      ]),
    ),
  }
}

/** Six digits: a hundredth of what the best runs can tell apart. */
const short = (ratio: number): number => Number(ratio.toPrecision(6))

function conditionsOf({
  environment,
  settings,
  scenarioSource,
  comparisons,
}: RunRecord): HistoryEntry['conditions'] {
  const { kernel, distribution, architecture, cpuModel, cpuCount, hypervisor, clockSource, governor } =
    environment
  return {
    kernel,
    distribution,
    architecture,
    CPU: `${cpuModel}, ${cpuCount} of them`,
    hypervisor: hypervisor ?? 'none',
    'clock source': clockSource,
    governor: governor ?? 'none',
    mitigations: digest(environment.mitigations),
    sysctls: digest(environment.sysctls),
    ...environment.tools,
    'baseline path': [...new Set(comparisons.map(({ baseline }) => baseline))].join(', '),
    load: digest(loadOf(settings)),
    'scenario file': digest(scenarioSource),
  }
}

function loadOf({ trials, receiver, flows }: Settings): unknown {
  return { trials, receiver, flows: flows ?? 1 }
}

/** What is too long to keep, and only matters if it changes. */
const digest = (value: unknown): string =>
  `sha256:${createHash('sha256')
    .update(JSON.stringify(sorted(value)))
    .digest('hex')
    .slice(0, 12)}`

/** Members in order of their names, as their order means nothing. */
const sorted = (value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value
