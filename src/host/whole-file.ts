/** Files that are there whole, or not at all. */
import { mkdirSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BenchError } from './errors.ts'
import { writeError } from './room-for-files.ts'
import { finishPart, partOf, putFile, removePart } from './unfinished.ts'

/**
 * Writes a file under another name and renames it. What is no file, such as /dev/null or a pipe, is written into, and stays
 * what it is; of a link it is the file that is replaced.
 *
 * @param options by which the user may name another place
 * @throws BenchError `failed`
 */
export function writeWhole(file: string, text: string | Uint8Array, options = '--results'): void {
  try {
    const there = statSync(file, { throwIfNoEntry: false })
    // A folder is told as the system does when a file is to replace it.
    if (there === undefined || there.isFile() || there.isDirectory())
      putFile(there === undefined ? file : realpathSync(file), text)
    else writeFileSync(file, text)
  } catch (error) {
    throw notWritten(file, error, options)
  }
}

/**
 * Makes a folder with a file in it: nobody meets the one without the other.
 *
 * @param folder which is not there, in one that is
 * @throws BenchError `failed`; then there is neither
 */
export function writeFolder(folder: string, name: string, text: string | Uint8Array): void {
  const part = partOf(folder)
  try {
    mkdirSync(part)
    putFile(join(part, name), text)
    finishPart(part, folder)
  } catch (error) {
    removePart(part)
    throw notWritten(join(folder, name), error, '--results')
  }
}

const notWritten = (file: string, error: unknown, options: string): BenchError =>
  writeError(`write ${file}`, error, `free some space, or name another place with ${options}`)
