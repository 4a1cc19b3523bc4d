/**
 * What is being made has another name until it is whole, which tells who makes it: `run.json.4026531836-123-1.part`. What a
 * maker that was killed left there is taken away by the next.
 */
import { renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { giveToCaller } from './caller.ts'
import { systemCode } from './errors.ts'
import { namesIn } from './names-in.ts'
import { pidNamespaceOf } from './process-state.ts'

/** Processes of containers that share a folder may have the same number. */
const pidNamespace = /\d+/.exec(pidNamespaceOf('/proc/self'))?.[0] ?? '0'
let begun = 0

/** Where to make what is to be at `place`: a file or a folder beside it, of which nothing is there yet. */
export function partOf(place: string): string {
  removeUnfinished(dirname(place))
  begun += 1
  return `${place}.${pidNamespace}-${process.pid}-${begun}.part`
}

/**
 * What is made becomes what is at `place`, owned by the user who called; a file that is there is replaced.
 *
 * @throws Error of the system's
 */
export function finishPart(part: string, place: string): void {
  giveToCaller(part)
  renameSync(part, place)
}

/** Takes away what is not to be finished; it hides no error by one of its own. */
export function removePart(part: string): void {
  try {
    rmSync(part, { recursive: true, force: true })
  } catch {
    // It stays.
  }
}

/** Makes a file, or replaces it, at once. @throws Error of the system's; then all is as before */
export function putFile(file: string, text: string | Uint8Array): void {
  const part = partOf(file)
  try {
    // On the disk before it has its name: else a power cut may leave the name with nothing behind it.
    writeFileSync(part, text, { flush: true })
    finishPart(part, file)
  } catch (error) {
    removePart(part)
    throw error
  }
}

/** After so long, no maker whose process cannot be asked after is at work. */
const abandonedAfterMs = 60 * 60 * 1000

/** Takes away what makers that were killed have left in a folder. */
export function removeUnfinished(folder: string): void {
  for (const name of namesIn(folder))
    if (name.endsWith('.part') && isAbandoned(folder, name)) removePart(join(folder, name))
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
