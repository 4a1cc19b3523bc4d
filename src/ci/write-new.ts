/** Writing files where there are none yet: all of them, or nothing. */
import { lstatSync, mkdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { giveToCaller } from '../host/caller.ts'
import { BenchError, systemCode } from '../host/errors.ts'
import type { CiFile } from './services.ts'

/**
 * Writes files and the folders that they need, owned by the user who called.
 *
 * @param top what their names count from
 * @throws BenchError `usage` if one of them is there already, `failed` if one cannot be written; then nothing is left
 */
export function writeNew(top: string, files: readonly CiFile[]): void {
  const there = files.filter(({ file }) => isThere(join(top, file)))
  if (there.length > 0)
    throw new BenchError(`Could not write ${there.map(({ file }) => file).join(' and ')}: already there`, {
      trouble: 'usage',
      hint: 'nothing was written; remove what is there, or compare it with what docs/ci.md shows',
    })
  const undo: (() => void)[] = []
  try {
    for (const { file, text } of files) {
      makeFolders(dirname(join(top, file)), undo)
      writeFileSync(join(top, file), text, { flag: 'wx', mode: 0o644 })
      undo.push(() => {
        rmSync(join(top, file))
      })
      giveToCaller(join(top, file))
    }
  } catch (error) {
    for (const step of undo.toReversed()) attempt(step)
    throw new BenchError(`Could not write the files: ${(error as Error).message}`, {
      trouble: 'failed',
      hint: 'nothing was written',
      cause: error,
    })
  }
}

/** Also a link that leads nowhere. Where a folder of it is a file, it cannot be there. */
function isThere(file: string): boolean {
  try {
    return lstatSync(file, { throwIfNoEntry: false }) !== undefined
  } catch (error) {
    if (systemCode(error) === 'ENOTDIR') return false
    throw new BenchError(`Could not look for ${file}: ${(error as Error).message}`, {
      trouble: 'failed',
      cause: error,
    })
  }
}

function makeFolders(folder: string, undo: (() => void)[]): void {
  const first = mkdirSync(folder, { recursive: true })
  if (first === undefined) return
  for (let made = folder; made.length >= first.length; made = dirname(made)) {
    giveToCaller(made)
    // Undone from the end, so the outermost is registered first.
    undo.unshift(() => {
      rmdirSync(made)
    })
  }
}

/** What cannot be undone must not hide the error that it was to be undone for. */
function attempt(step: () => void): void {
  try {
    step()
  } catch {
    // It stays.
  }
}
