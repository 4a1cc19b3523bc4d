/** A line of the history: what a run found, in as few bytes as will do for its trend. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { headlineMetricsOf } from '../across/headline.ts'
import { notRecorded, programWords, subjectWords } from '../across/identity.ts'
import { lackOf, lackWords } from '../across/lack.ts'
import { untrustedReason } from '../across/untrusted.ts'
import { isFileName } from '../host/file-name.ts'
import { metricNamed } from '../record/metrics.ts'
import type { RunRecord, Settings } from '../record/record.ts'

/** Version of a line's shape that this code writes. */
export const historyVersion = 1

/** The ratio to the run's own baseline path, and its interval, where it has one. */
export type RatioValues = readonly [ratio: number, low: number | null, high: number | null]

/** What a run has no ratio of, and why. */
export interface EntryGap {
  readonly path: string
  /** None named: all of them. */
  readonly metrics: readonly string[]
  readonly reason: string
}

export interface HistoryEntry {
  readonly runId: string
  /** ISO 8601, UTC. */
  readonly startedAt: string
  readonly scenario: string
  /** What the host is called, where the run says. */
  readonly host?: string
  /** What besides the paths may move a ratio, by name: the machine, the tools, the load. */
  readonly conditions: Readonly<Record<string, string>>
  /** What was measured, as far as the run's record says. */
  readonly commit?: string
  /** Lines of earlier versions have none. */
  readonly gaps?: readonly EntryGap[]
  /** Of every path that was compared, or has a gap: its role. */
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
  host: z.string().optional(),
  conditions: z.record(z.string(), z.string()),
  commit: z.string().optional(),
  gaps: z.array(z.object({ path: z.string(), metrics: z.array(z.string()), reason: z.string() })).optional(),
  roles: z.record(z.string(), z.string()),
  ratios: z.record(z.string(), z.unknown()),
})

/** What the history keeps of a run: the headline metrics of every path but the baseline. */
export function entryOf(record: RunRecord): HistoryEntry {
  const headline = record.comparisons.filter(
    (one) => metricNamed(one.metric)?.headline === true && untrustedReason(one) === undefined,
  )
  const byPath = Map.groupBy(headline, ({ path }) => path)
  const gaps = gapsOf(record)
  const isFollowed = (name: string): boolean => byPath.has(name) || gaps.some(({ path }) => path === name)
  return {
    runId: record.runId,
    startedAt: record.startedAt,
    scenario: record.scenario,
    ...(record.environment.host === undefined ? {} : { host: record.environment.host }),
    conditions: conditionsOf(record),
    ...(record.subject === undefined ? {} : { commit: subjectWords(record) }),
    ...(gaps.length === 0 ? {} : { gaps }),
    roles: Object.fromEntries(
      record.paths.filter(({ name }) => isFollowed(name)).map(({ name, role }) => [name, role]),
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

/** Paths, and metrics of paths, that a run has no ratio of. */
function gapsOf(record: RunRecord): EntryGap[] {
  const yardstick = record.paths.find(({ role }) => role === 'baseline')?.name
  return record.paths
    .filter(({ name }) => name !== yardstick)
    .flatMap(({ name: path, status }) => {
      const lacking = headlineMetricsOf(record)
        .filter(
          ({ name: metric }) =>
            !record.comparisons.some(
              (one) => one.path === path && one.metric === metric && untrustedReason(one) === undefined,
            ),
        )
        .map(({ name: metric }) => ({ metric, reason: gapReason(record, path, yardstick, metric) }))
      return [...Map.groupBy(lacking, ({ reason }) => reason)].map(([reason, group]) => ({
        path,
        metrics: status === 'measured' ? group.map(({ metric }) => metric) : [],
        reason,
      }))
    })
}

function gapReason(record: RunRecord, path: string, yardstick: string | undefined, metric: string): string {
  for (const name of [path, ...(yardstick === undefined ? [] : [yardstick])]) {
    const lack = lackOf(record, name, metric)
    if (lack !== undefined)
      return lackWords(name, lack.kind === 'no-figure' ? { ...lack, words: 'has no figure of it' } : lack)
  }
  const comparison = record.comparisons.find((one) => one.path === path && one.metric === metric)
  return (comparison && untrustedReason(comparison)) ?? 'no usable pair of trials'
}

/** Six digits: a hundredth of what the best runs can tell apart. */
const short = (ratio: number): number => Number(ratio.toPrecision(6))

function conditionsOf({
  environment,
  settings,
  scenarioSource,
  comparisons,
  paths,
}: RunRecord): HistoryEntry['conditions'] {
  const { kernel, distribution, architecture, cpuModel, cpuCount } = environment
  const { microcode, hypervisor, clockSource, governor } = environment
  return {
    kernel,
    distribution,
    architecture,
    CPU: `${cpuModel}, ${cpuCount} of them`,
    ...(microcode === undefined ? {} : { microcode }),
    hypervisor: hypervisor ?? 'none',
    'clock source': clockSource,
    governor: governor ?? 'none',
    mitigations: digest(environment.mitigations),
    sysctls: digest(environment.sysctls),
    ...environment.tools,
    'baseline path': [...new Set(comparisons.map(({ baseline }) => baseline))].join(', '),
    load: digest(loadOf(settings)),
    [scenarioCondition]: digest(scenarioSource),
    ...programVersions(paths),
  }
}

/** The condition that is the scenario's text, and how those begin that are versions of programs. */
export const scenarioCondition = 'scenario file'
export const programCondition = 'program '

/** Of every program of a path that was measured: its version, where it is recorded. */
function programVersions(paths: RunRecord['paths']): Record<string, string> {
  const programs = paths
    .filter(({ status, role }) => status === 'measured' && role !== 'control')
    .flatMap((path) =>
      path.programs.map((program) => ({
        name: `${programCondition}${program.program} of ${path.name}`,
        version: programWords(program),
      })),
    )
    .filter(({ version }) => version !== notRecorded)
  return Object.fromEntries(
    [...Map.groupBy(programs, ({ name }) => name)].map(([name, group]) => [
      name,
      [...new Set(group.map(({ version }) => version))].join('; '),
    ]),
  )
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
