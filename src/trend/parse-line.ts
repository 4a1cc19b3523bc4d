/** Reads a line of the history. */
import type { z } from 'zod'
import { entryHeadSchema, historyVersion, type HistoryEntry, type RatioValues } from './history-entry.ts'

/** What a line says: a run, and what is wrong with it, if anything. */
export interface ParsedLine {
  readonly entry?: HistoryEntry
  readonly problems: readonly string[]
}

/** A line that is wrong in part gives what is right of it. */
export function parseLine(text: string): ParsedLine {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { problems: ['it is truncated, or not JSON, and is left out'] }
  }
  const version = (value as { schemaVersion?: unknown } | null)?.schemaVersion
  if (typeof version === 'number' && version > historyVersion)
    return {
      problems: [
        `it is of version ${version}, this pathbench knows versions up to ${historyVersion}; it is left out`,
      ],
    }
  const parsed = entryHeadSchema.safeParse(value)
  if (!parsed.success) return { problems: [`${firstIssue(parsed.error)}; it is left out`] }
  const { schemaVersion: _, ratios, host, commit, gaps, ...rest } = parsed.data
  const head = {
    ...rest,
    ...(host === undefined ? {} : { host }),
    ...(commit === undefined ? {} : { commit }),
    ...(gaps === undefined ? {} : { gaps }),
  }
  const problems = Object.entries(ratios).flatMap(([path, byMetric]) => withoutWrong(ratios, path, byMetric))
  return { entry: { ...head, ratios: ratios as HistoryEntry['ratios'] }, problems }
}

/** Takes what is wrong out of a path's ratios, and says what it was. */
function withoutWrong(ratios: Record<string, unknown>, path: string, byMetric: unknown): string[] {
  if (byMetric === null || typeof byMetric !== 'object' || Array.isArray(byMetric)) {
    Reflect.deleteProperty(ratios, path)
    return [`${path}: expected ratios by metric; it is left out`]
  }
  return Object.entries(byMetric).flatMap(([metric, values]: [string, unknown]) => {
    if (isRatio(values)) return []
    Reflect.deleteProperty(byMetric, metric)
    return [
      `${path} ${metric}: expected [ratio, low, high], numbers above 0, and found ${JSON.stringify(values)}; it is left out`,
    ]
  })
}

const isPositive = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value > 0

function isRatio(values: unknown): values is RatioValues {
  if (!Array.isArray(values) || values.length !== 3) return false
  const [ratio, low, high] = values as unknown[]
  return isPositive(ratio) && (low === null || isPositive(low)) && (high === null || isPositive(high))
}

function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues
  const where = issue?.path.join('.') ?? ''
  return where === '' ? 'it is not a line of a history' : `${where}: ${issue?.message ?? ''}`
}
