/** Where runs are kept: `results/<scenario>/<run-id>/` with `run.json`, `samples.csv` and `summary.csv`. */
import { accessSync, constants, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { BenchError } from '../host/errors.ts'
import { makeFolders } from '../host/make-folders.ts'
import { readNamedText } from '../host/named-file.ts'
import { samplesCsv, summaryCsv } from './csv.ts'
import { parseRecord } from './read.ts'
import type { RunRecord } from '../record/record.ts'
import { partOf, removePart, removeUnfinished } from '../host/unfinished.ts'
import { writeFolder, writeWhole } from '../host/whole-file.ts'
import { lookAtNamed } from '../host/named-place.ts'

export { writeWhole } from '../host/whole-file.ts'

/** A run that is kept on disk. */
export interface StoredRun {
  readonly scenario: string
  readonly runId: string
  readonly folder: string
}

/**
 * Writes a record and its tables; files that are there are replaced whole, so that one who reads, or
 * a power cut, never meets half of one.
 *
 * @returns the run's folder
 * @throws BenchError `failed` if the disk is full or the folder cannot be written
 */
export function writeRun(resultsFolder: string, record: RunRecord): string {
  const folder = writeRecord(resultsFolder, record)
  writeWhole(join(folder, 'samples.csv'), samplesCsv(record))
  writeWhole(join(folder, 'summary.csv'), summaryCsv(record))
  return folder
}

/** Writes a record alone, as is done while a run goes on. @returns the run's folder @throws BenchError `failed` */
export function writeRecord(resultsFolder: string, record: RunRecord): string {
  const folder = join(resultsFolder, record.scenario, record.runId)
  tidyOnce(dirname(folder))
  writeResult(folder, 'run.json', recordBytes(record))
  return folder
}

/** Writes the file that makes a folder a result: the folder comes to be with it. @throws BenchError `failed` */
export function writeResult(folder: string, name: string, text: string | Uint8Array): void {
  if (existsSync(folder)) {
    writeWhole(join(folder, name), text)
    return
  }
  makeFolder(dirname(folder))
  writeFolder(folder, name, text)
}

/** Of what a run adds to with every round, and never changes, the text is made once. */
const bytesOfParts = new WeakMap<object, Buffer>()

function bytesOf(part: object): Buffer {
  const bytes = bytesOfParts.get(part) ?? Buffer.from(JSON.stringify(part))
  bytesOfParts.set(part, bytes)
  return bytes
}

const comma = Buffer.from(',')

/** The record as JSON, as JSON.stringify() makes it. */
function recordBytes({ rounds, blocks, trials, ...rest }: RunRecord): Buffer {
  const lists = Object.entries({ rounds, blocks, trials }).flatMap(([name, parts]) => [
    Buffer.from(`,"${name}":[`),
    ...parts.flatMap((part, place) => (place === 0 ? [bytesOf(part)] : [comma, bytesOf(part)])),
    Buffer.from(']'),
  ])
  return Buffer.concat([Buffer.from(JSON.stringify(rest).slice(0, -1)), ...lists, Buffer.from('}\n')])
}

const tidied = new Set<string>()

/** A run that was killed while it wrote has left its part in a folder that no later run writes to. */
function tidyOnce(scenarioFolder: string): void {
  if (tidied.has(scenarioFolder)) return
  tidied.add(scenarioFolder)
  for (const name of foldersIn(scenarioFolder)) removeUnfinished(join(scenarioFolder, name))
}

/**
 * Makes a folder and those above it, owned by the user who called, and sees that it can be written:
 * better now than when a run has been measured.
 *
 * @param options by which the user may name another place
 * @throws BenchError `failed`
 */
export function makeFolder(folder: string, options = '--results'): void {
  try {
    makeFolders(folder)
  } catch (error) {
    throw folderError(`make folder ${folder}`, error, options)
  }
  // Root may do all, and yet there are file systems, such as /proc, that take nothing.
  const part = partOf(join(folder, 'write-test'))
  try {
    accessSync(folder, constants.W_OK)
    mkdirSync(part)
  } catch (error) {
    throw folderError(`write to folder ${folder}`, error, options)
  } finally {
    removePart(part)
  }
}

const folderError = (what: string, error: unknown, options: string): BenchError =>
  new BenchError(`Could not ${what}: ${(error as Error).message}`, {
    trouble: 'failed',
    hint: `name another place with ${options}`,
    cause: error,
  })

/** A run's id; other folders, such as a sample that is kept for good, are left alone. */
const runIdShape = /^\d{8}T\d{6}Z-[0-9a-f]{8}$/

/** The runs that are kept, oldest first. */
export function listRuns(resultsFolder: string): StoredRun[] {
  return foldersIn(resultsFolder)
    .flatMap((scenario) =>
      foldersIn(join(resultsFolder, scenario))
        .filter((name) => runIdShape.test(name))
        .map((runId) => ({ scenario, runId, folder: join(resultsFolder, scenario, runId) })),
    )
    .toSorted((a, b) => a.runId.localeCompare(b.runId))
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? [entry.name] : [],
    )
  } catch {
    return []
  }
}

/**
 * The record that `run` means: a run's id, the start of one, `latest`, a folder or a file.
 *
 * @throws BenchError `usage` if there is none, more than one, or it cannot be read.
 */
export function readRun(resultsFolder: string, run: string): RunRecord {
  const file = findRun(resultsFolder, run)
  return parseRecord(readNamedText(file, { what: 'run', trouble: 'usage' }), file)
}

function findRun(resultsFolder: string, run: string): string {
  const there = lookAtNamed(run, 'run')
  if (there?.isFile()) return run
  if (there?.isDirectory()) return join(run, 'run.json')
  const runs = listRuns(resultsFolder)
  const found = run === 'latest' ? runs.slice(-1) : runs.filter(({ runId }) => runId.startsWith(run))
  const [only] = found
  if (only !== undefined && found.length === 1) return join(only.folder, 'run.json')
  throw new BenchError(
    found.length > 1
      ? `Could not tell which run "${run}" is: ${found.length} begin so`
      : `Could not find run "${run}"`,
    {
      trouble: 'usage',
      details: found.map(({ runId }) => runId).join('\n'),
      hint:
        runs.length === 0
          ? `there are no runs in ${resultsFolder}`
          : '`bench list` shows the runs that are kept',
    },
  )
}

/** Removes what is kept: a folder with all in it, or a file, if it is there. @throws BenchError `failed` */
export function removeKept(place: string): void {
  try {
    rmSync(place, { recursive: true, force: true })
  } catch (error) {
    // Of a folder Node may tell the reason behind words that say nothing.
    const reason = (error as Error).message.replace(/^[\s,]*(Unknown error: )?/, '')
    throw new BenchError(`Could not remove ${place}: ${reason}`, { trouble: 'failed', cause: error })
  }
}
