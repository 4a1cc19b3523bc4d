/** Where sweeps are kept: `results/<scenario>/sweep-<id>/` with `sweep.json`, and a folder for the run of each point. */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { z } from 'zod'
import { isFileName } from '../host/file-name.ts'
import { writeWhole } from '../host/whole-file.ts'
import type { RunRecord } from '../record/record.ts'
import { type Sweep, sweepSchema, sweepSchemaVersion } from '../record/sweep.ts'
import { kindFolders } from './kind-folders.ts'
import { makeFolder, readRun } from './store.ts'

const folders = kindFolders('sweep', 'the sweeps')

/** A sweep that is kept on disk. */
export interface StoredSweep {
  readonly scenario: string
  readonly sweepId: string
  readonly folder: string
}

/** The folder of a sweep. */
export const sweepFolder = (results: string, { scenario, sweepId }: Pick<Sweep, 'scenario' | 'sweepId'>) =>
  join(results, scenario, sweepId)

/** Writes `sweep.json`. @returns the sweep's folder @throws BenchError `failed` */
export function writeSweep(results: string, sweep: Sweep): string {
  const folder = sweepFolder(results, sweep)
  makeFolder(folder)
  writeWhole(join(folder, 'sweep.json'), `${JSON.stringify(sweep, null, 2)}\n`)
  return folder
}

/** The sweeps that are kept, oldest first. */
export const listSweeps = (results: string): StoredSweep[] =>
  folders.list(results).map(({ scenario, id, folder }) => ({ scenario, sweepId: id, folder }))

/** Whether a user who names this means a sweep: its folder, its file, its id or the start of that. */
export const isSweep = folders.has

/**
 * The sweep that `name` means.
 *
 * @throws BenchError `usage` if there is none, more than one, or it cannot be read
 */
export function readSweep(results: string, name: string): { readonly sweep: Sweep; readonly folder: string } {
  const folder = folders.find(results, name)
  return { sweep: parseSweep(folder), folder }
}

// Points are kept in folders of these names, and the file may be anybody's.
const fileName = z.string().refine(isFileName, { error: 'expected a name that a folder can have' })
const fromElsewhere = sweepSchema.extend({
  sweepId: fileName,
  scenario: fileName,
  points: z.array(sweepSchema.shape.points.element.extend({ runId: fileName })),
})

function parseSweep(folder: string): Sweep {
  const { value, wrong } = folders.read(folder)
  const parsed = fromElsewhere.safeParse(value)
  if (!parsed.success) throw wrong(`it is not a sweep\n${z.prettifyError(parsed.error)}`)
  if (parsed.data.schemaVersion > sweepSchemaVersion)
    throw wrong(
      `it is of version ${parsed.data.schemaVersion}, and this pathbench knows versions up to ${sweepSchemaVersion}`,
    )
  return parsed.data
}

/** The folder of a point's run. */
export const pointFolder = (folder: string, { scenario }: Pick<Sweep, 'scenario'>, runId: string): string =>
  join(folder, scenario, runId)

/** The records of the points that have one, by the id of their runs. @throws BenchError `usage` if one cannot be read */
export const readPoints = (folder: string, sweep: Sweep): ReadonlyMap<string, RunRecord> =>
  new Map(
    sweep.points.flatMap(({ runId }) => {
      const file = join(pointFolder(folder, sweep, runId), 'run.json')
      return existsSync(file) ? [[runId, readRun(folder, file)] as const] : []
    }),
  )

/** Keeps a round of a point that is not over, so that it need not be measured again. */
export function writeRound(folder: string, round: number, taken: unknown): void {
  makeFolder(folder)
  writeWhole(join(folder, `round-${round}.log`), serialize(taken).toString('base64'))
}

const roundFile = /^round-(\d+)\.log$/

/** The rounds that are kept of a point, in their order, up to the first that is missing or cannot be read. */
export function readRounds(folder: string): unknown[] {
  const rounds: unknown[] = []
  for (;;) {
    const file = join(folder, `round-${rounds.length}.log`)
    try {
      rounds.push(deserialize(Buffer.from(readFileSync(file, 'utf8'), 'base64')))
    } catch {
      return rounds
    }
  }
}

/** Takes them away, once the point's record is whole. */
export function removeRounds(folder: string): void {
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder))
    if (roundFile.test(name)) rmSync(join(folder, name), { force: true })
}
