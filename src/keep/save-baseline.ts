/** Keeps runs as named baselines. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { BenchError } from '../host/errors.ts'
import type { RunRecord } from '../record/record.ts'
import { makeFolder, writeWhole } from './store.ts'
import { baselineText } from './baseline-record.ts'
import { requireBaselineName } from './baseline-name.ts'
import { ending } from './baseline-store.ts'

/**
 * Keeps a run under a name.
 *
 * @param isForced whether to replace one that is there, and to keep a run that is partial or invalid
 * @returns the file
 * @throws BenchError `usage` where it may not, `failed` where it cannot be written
 */
export function saveBaseline(folder: string, name: string, record: RunRecord, isForced: boolean): string {
  requireBaselineName(name)
  const file = join(folder, record.scenario, `${name}${ending}`)
  if (!isForced) {
    requireWhole(record)
    if (existsSync(file))
      throw new BenchError(`Could not save baseline "${name}": ${file} is there already`, {
        trouble: 'usage',
        hint: 'give it another name, or replace it with --force',
      })
  }
  makeFolder(join(folder, record.scenario), '--baselines')
  writeWhole(file, baselineText(record), '--baselines')
  return file
}

/** A yardstick has to be a run that went well. */
function requireWhole({ runId, complete, paths }: RunRecord): void {
  const invalid = paths.filter(({ status }) => status === 'invalid')
  if (complete && invalid.length === 0) return
  throw new BenchError(
    `Could not save run ${runId} as a baseline: ${complete ? `${invalid.map(({ name }) => name).join(', ')} is invalid` : 'it is partial'}`,
    {
      trouble: 'usage',
      ...(complete
        ? { details: invalid.map(({ name, reason }) => `${name}: ${reason ?? ''}`).join('\n') }
        : {}),
      hint: 'measure again, or keep it all the same with --force',
    },
  )
}
