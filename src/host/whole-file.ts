/** Files that are there whole, or not at all. */
import { realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { giveToCaller } from './caller.ts'
import { BenchError, systemCode } from './errors.ts'
import { namesIn } from './names-in.ts'
import { pidNamespaceOf } from './process-state.ts'
import { roomHint } from './room-for-files.ts'

/**
 * Writes a file under another name and renames it; what an earlier writer left unfinished there is taken away. What is no
 * file, such as /dev/null or a pipe, is written into, and stays what it is; of a link it is the file that is replaced.
 *
 * @param options by which the user may name another place
 * @throws BenchError `failed`
 */
export function writeWhole(
  file: string,
  text: string | Uint8Array,
  options = '--results or --reports',
): void {
  try {
    const there = statSync(file, { throwIfNoEntry: false })
    // A folder is told as the system does when a file is to replace it.
    if (there === undefined || there.isFile() || there.isDirectory())
      replace(there === undefined ? file : realpathSync(file), text)
    else writeFileSync(file, text)
  } catch (error) {
    throw new BenchError(`Could not write ${file}: ${(error as Error).message}`, {
      trouble: 'failed',
      hint: roomHint(error, `free some space, or name another place with ${options}`),
      cause: error,
    })
  }
}

function replace(file: string, text: string | Uint8Array): void {
  removeUnfinished(dirname(file))
  const part = join(dirname(file), partName(basename(file)))
  try {
    // On the disk before it has its name: else a power cut may leave the name with nothing behind it.
    writeFileSync(part, text, { flush: true })
    giveToCaller(part)
    renameSync(part, file)
  } catch (error) {
    removeIfPossible(part)
    throw error
  }
}

/** Processes of containers that share a folder may have the same number. */
const pidNamespace = /\d+/.exec(pidNamespaceOf('/proc/self'))?.[0] ?? '0'
let written = 0

/** A name of its own for each writer, which tells whether that is still there: `run.json.4026531836-123-0.part`. */
function partName(name: string): string {
  written += 1
  return `${name}.${pidNamespace}-${process.pid}-${written}.part`
}

/** After so long, no writer whose process cannot be asked after is at work. */
const abandonedAfterMs = 60 * 60 * 1000

/** Takes away what writers that were killed have left in a folder. */
export function removeUnfinished(folder: string): void {
  for (const name of namesIn(folder))
    if (name.endsWith('.part') && isAbandoned(folder, name)) removeIfPossible(join(folder, name))
}

function isAbandoned(folder: string, name: string): boolean {
  const [, namespace, pid] = /\.(\d+)-(\d+)-\d+\.part$/.exec(name) ?? []
  if (namespace === pidNamespace && pid !== undefined) return !isRunning(Number(pid))
  // Of another container, or of a version that gave no number: parts that are being written are young.
  const isOurs = namespace !== undefined || /\.(json|csv|html)\.part$/.test(name)
  const there = statSync(join(folder, name), { throwIfNoEntry: false })
  return isOurs && there !== undefined && Date.now() - there.mtimeMs > abandonedAfterMs
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return systemCode(error) !== 'ESRCH'
  }
}

/** Cleans up after an error, and does not hide it by one of its own. */
function removeIfPossible(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch {
    // It stays.
  }
}
