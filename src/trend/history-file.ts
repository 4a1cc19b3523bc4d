/** The history: a file of JSON lines, one per run, that is only ever added to. */
import { closeSync, existsSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { giveToCaller } from '../host/caller.ts'
import { readNamedFile } from '../host/named-file.ts'
import { writeError } from '../host/room-for-files.ts'
import { historyVersion, type HistoryEntry } from './history-entry.ts'
import { parseLine } from './parse-line.ts'

/** Something in a file that could not be used. */
export interface Problem {
  readonly file: string
  /** From 1; undefined where it is the file as a whole. */
  readonly line?: number
  readonly message: string
}

export interface History {
  /** In the order of the file; of lines of one run the last. */
  readonly entries: readonly HistoryEntry[]
  readonly problems: readonly Problem[]
}

const newline = 0x0a

/**
 * All that can be read of a history; a file that is not there is an empty one.
 *
 * @throws BenchError `usage` if the file cannot be read
 */
export function readHistory(file: string): History {
  const bytes = bytesOf(file)
  const entries = new Map<string, HistoryEntry>()
  const problems: Problem[] = []
  const known = new Map<string, HistoryEntry['conditions']>()
  for (let start = 0, line = 1; start < bytes.length; line++) {
    const at = bytes.indexOf(newline, start)
    const end = at < 0 ? bytes.length : at
    const text = bytes.toString('utf8', start, end).trim()
    start = end + 1
    if (text === '') continue
    const { entry, problems: own } = parseLine(text)
    const isCutOff = at < 0 && entry === undefined
    for (const message of own)
      problems.push({ file, line, message: isCutOff ? 'it is cut off, and is left out' : message })
    if (entry !== undefined)
      entries.set(`${entry.scenario}/${entry.runId}`, {
        ...entry,
        conditions: shared(known, entry.conditions),
      })
  }
  return { entries: [...entries.values()], problems }
}

/** Most runs were made under the same conditions, which need not be held for each. */
function shared(
  known: Map<string, HistoryEntry['conditions']>,
  conditions: HistoryEntry['conditions'],
): HistoryEntry['conditions'] {
  const key = JSON.stringify(conditions)
  const same = known.get(key)
  if (same === undefined) known.set(key, conditions)
  return same ?? conditions
}

function bytesOf(file: string): Buffer {
  return existsSync(file) ? readNamedFile(file, { what: 'history', trouble: 'usage' }) : Buffer.alloc(0)
}

/**
 * Adds runs to the end of a history, and has the disk confirm it. A half line, left by a crash in the midst
 * of writing, stays as it is: what is added starts on a line of its own. All goes in one write to a file
 * opened for appending, so that what two processes add at once stands one after the other.
 *
 * @throws BenchError `failed` if it cannot be written
 */
export function appendHistory(file: string, entries: readonly HistoryEntry[]): void {
  if (entries.length === 0) return
  const lines = entries.map((entry) => `${JSON.stringify({ schemaVersion: historyVersion, ...entry })}\n`)
  try {
    const descriptor = openSync(file, 'a+')
    try {
      const isNew = fstatSync(descriptor).size === 0
      const bytes = Buffer.from(`${endsInLine(descriptor) ? '' : '\n'}${lines.join('')}`)
      const written = writeSync(descriptor, bytes)
      if (written < bytes.length) throw new Error(`${written} of ${bytes.length} bytes were written`)
      fsyncSync(descriptor)
      if (isNew) keepName(file)
    } finally {
      closeSync(descriptor)
    }
  } catch (error) {
    throw writeError(
      `append to history ${file}`,
      error,
      'free some space, or name another folder or history file',
    )
  }
}

function endsInLine(descriptor: number): boolean {
  const { size } = fstatSync(descriptor)
  if (size === 0) return true
  const last = Buffer.alloc(1)
  readSync(descriptor, last, 0, 1, size - 1)
  return last[0] === newline
}

/** A new file's name is on the disk once its folder is. */
function keepName(file: string): void {
  giveToCaller(file)
  const folder = openSync(dirname(file), 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
