/** What a user names: a run, a file or a baseline. */
import { existsSync } from 'node:fs'
import { BenchError } from '../host/errors.ts'
import { didYouMean } from '../host/nearest.ts'
import type { RunRecord } from '../record/record.ts'
import { readRun } from './store.ts'
import { findBaseline, listBaselines, readBaseline } from './baseline-store.ts'

export interface Places {
  readonly results: string
  readonly baselines: string
}

/**
 * The record that `name` means: a named baseline, else a run's id or the start of one, `latest`, a folder or a
 * file. What has a slash in it or ends with .json, and is there, is a file or folder.
 *
 * @param scenario whose baseline is meant where several scenarios have one of this name
 * @throws BenchError `usage` if there is none, or it cannot be read
 */
export function readRunOrBaseline(
  { results, baselines }: Places,
  name: string,
  scenario?: string,
): RunRecord {
  if (/[/\\]|\.json$/.test(name) && existsSync(name)) return readRun(results, name)
  const baseline = findBaseline(baselines, name, scenario)
  if (baseline !== undefined) return readBaseline(baseline)
  if (existsSync(name)) return readRun(results, name)
  try {
    return readRun(results, name)
  } catch (error) {
    const names = listBaselines(baselines).map((one) => one.name)
    const near = didYouMean(name, names)
    if (near === '' || !(error instanceof BenchError)) throw error
    throw new BenchError(`Could not find a run or baseline "${name}"${near}`, {
      trouble: 'usage',
      hint: '`bench list` shows the runs, `bench baseline list` the baselines that are kept',
      cause: error,
    })
  }
}
