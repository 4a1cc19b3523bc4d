/** Where sweeps are kept: `results/<scenario>/sweep-<id>/` with `sweep.json`, and a folder for the run of each point. */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { z } from 'zod'
import { isFileName } from '../host/file-name.ts'
import { writeWhole } from '../host/whole-file.ts'
import type { RunRecord } from '../record/record.ts'
import { type Sweep, sweepSchema, sweepSchemaVersion } from '../record/sweep.ts'
import { kindStore } from './kind-store.ts'
import { makeFolder, readRun } from './store.ts'

// Points are kept in folders of these names, and the file may be anybody's.
const fileName = z.string().refine(isFileName, { error: 'expected a name that a folder can have' })

export const sweeps = kindStore<Sweep>({
  kind: 'sweep',
  those: 'the sweeps',
  schema: sweepSchema.extend({
    points: z.array(sweepSchema.shape.points.element.extend({ runId: fileName })),
  }),
  schemaVersion: sweepSchemaVersion,
  idOf: ({ sweepId }) => sweepId,
})

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
