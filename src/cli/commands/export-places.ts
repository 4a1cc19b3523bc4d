/** Where `bench export` writes to. */
import { appendFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { BenchError } from '../../host/errors.ts'
import { writeError } from '../../host/room-for-files.ts'
import { makeFolder, writeWhole } from '../../keep/store.ts'

/** The file of a GitHub job's summary. @throws BenchError `usage` outside of such a job */
export function summaryFileOf({ GITHUB_STEP_SUMMARY }: NodeJS.ProcessEnv): string {
  if (GITHUB_STEP_SUMMARY) return GITHUB_STEP_SUMMARY
  throw new BenchError('Could not append to the summary: GITHUB_STEP_SUMMARY is not set', {
    trouble: 'usage',
    hint: 'GitHub sets it in a workflow step; elsewhere use -o',
  })
}

/** Writes a file whole, in a folder that is made if it is not there. @throws BenchError `failed` */
export function write(file: string, text: string): void {
  makeFolder(dirname(resolve(file)), '-o')
  writeWhole(file, text, '-o')
}

/** Adds to the end of a file. @throws BenchError `failed` */
export function append(file: string, text: string): void {
  try {
    appendFileSync(file, text)
  } catch (error) {
    throw writeError(`append to ${file}`, error, 'free some space, or name another file')
  }
}
