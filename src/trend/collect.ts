/** Brings together what the history holds and what runs it does not hold yet. */
import { join } from 'node:path'
import { BenchError } from '../host/errors.ts'
import type { RunRecord } from '../record/record.ts'
import { listRuns, readRun, type StoredRun } from '../keep/store.ts'
import { entryOf, type HistoryEntry } from './history-entry.ts'
import { readHistory, type Problem } from './history-file.ts'
import { lookAtNamed } from '../host/named-place.ts'

/** Where the runs of a trend come from. */
export interface Source {
  readonly historyFile: string
  /** Undefined where a history file alone was named. */
  readonly resultsFolder: string | undefined
}

export interface Collected {
  readonly entries: readonly HistoryEntry[]
  /** Those of `entries` that the history file does not hold yet. */
  readonly added: readonly HistoryEntry[]
  readonly problems: readonly Problem[]
}

/** The history in a folder of results, or a history file by itself. @throws BenchError `usage` if it is not there */
export function sourceOf(place: string): Source {
  const there = lookAtNamed(place, 'the history')
  if (there === undefined && !place.endsWith('.jsonl'))
    throw new BenchError(`Could not find ${place}`, {
      trouble: 'usage',
      hint: 'name a folder of results, or a history file (*.jsonl)',
    })
  return there?.isDirectory() === true
    ? { historyFile: join(place, 'history.jsonl'), resultsFolder: place }
    : { historyFile: place, resultsFolder: undefined }
}

/**
 * All runs that there are to tell of. Records that cannot be read are told among the problems, and so are those that
 * are not complete; the history does not get them.
 *
 * @param named further runs, from anywhere
 * @throws BenchError `usage` if the history cannot be read
 */
export function collect({ historyFile, resultsFolder }: Source, named: readonly RunRecord[]): Collected {
  const { entries, problems } = readHistory(historyFile)
  const known = new Set(entries.map(({ runId }) => runId))
  const read = resultsFolder === undefined ? [] : readAll(resultsFolder, known)
  const added = new Map<string, HistoryEntry>()
  const left: Problem[] = [...problems]
  for (const one of [...read, ...named.map((record) => ({ file: record.runId, record }))]) {
    if ('message' in one) left.push(one)
    else if (!one.record.complete)
      left.push({ file: one.file, message: 'the run is not complete; it is left out' })
    else if (!known.has(one.record.runId)) added.set(one.record.runId, entryOf(one.record))
  }
  return { entries: [...entries, ...added.values()], added: [...added.values()], problems: left }
}

type Read = { readonly file: string; readonly record: RunRecord } | Problem

function readAll(resultsFolder: string, known: ReadonlySet<string>): Read[] {
  return listRuns(resultsFolder)
    .filter(({ runId }) => !known.has(runId))
    .map((run) => readOne(resultsFolder, run))
}

function readOne(resultsFolder: string, { folder }: StoredRun): Read {
  const file = join(folder, 'run.json')
  try {
    return { file, record: readRun(resultsFolder, folder) }
  } catch (error) {
    if (!(error instanceof BenchError)) throw error
    return { file, message: `${error.message.replace(`Could not read run ${file}: `, '')}; it is left out` }
  }
}
