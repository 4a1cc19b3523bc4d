/** Reads records, of this version and of every earlier one. */
import { z } from 'zod'
import { BenchError } from '../host/errors.ts'
import { isFileName } from '../host/file-name.ts'
import { type RunRecord, runRecordSchema, schemaVersion } from '../record/record.ts'

// Reports and baselines are kept in folders and files of these names, and the record may be anybody's.
const fileName = z.string().refine(isFileName, { error: 'expected a name that a file can have' })

/** A record as it may come: what `--json` prints is one without raw samples. */
const fromElsewhere = runRecordSchema.extend({
  runId: fileName,
  scenario: fileName,
  rounds: runRecordSchema.shape.rounds.default([]),
  blocks: runRecordSchema.shape.blocks.default([]),
  trials: runRecordSchema.shape.trials.default([]),
})

/**
 * The record in the text of a `run.json`.
 *
 * @param source where the text came from, for errors
 * @throws BenchError `usage` if it is cut off, of a later version, or not a record.
 */
export function parseRecord(text: string, source: string): RunRecord {
  const value = parseJson(text, source)
  const version = (value as { schemaVersion?: unknown } | null)?.schemaVersion
  if (typeof version === 'number' && version > schemaVersion)
    throw new BenchError(
      `Could not read run ${source}: it is of version ${version}, and this pathbench knows versions up to ${schemaVersion}`,
      { trouble: 'usage', hint: 'read it with the pathbench that wrote it, or a later one' },
    )
  const parsed = fromElsewhere.safeParse(value)
  if (parsed.success) return parsed.data
  throw new BenchError(`Could not read run ${source}: it is not a record of a run`, {
    trouble: 'usage',
    details: z.prettifyError(parsed.error).split('\n').slice(0, 10).join('\n'),
  })
}

function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new BenchError(`Could not read run ${source}: it is truncated, or not JSON`, {
      trouble: 'usage',
      details: (error as Error).message,
      cause: error,
    })
  }
}
