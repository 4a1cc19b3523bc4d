/** Where what is made once, and used again, is kept. */
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeFolders } from './make-folders.ts'
import { inSetup } from './project.ts'

const chosen = new Map<string, string>()

/**
 * The folder of a kind of things: in build/, or where that cannot be written, among the user's caches; else one that
 * goes with this process.
 *
 * @param place from build/
 * @param name by which it is known elsewhere
 */
export function keptFolder(place: string, name: string): string {
  const known = chosen.get(place)
  if (known !== undefined) return known
  const folder = [inSetup('build', place), cacheFolder(name)].find(isWritable) ?? passingFolder(name)
  chosen.set(place, folder)
  return folder
}

/** As the XDG Base Directory Specification has it, by which a relative path is none. */
function cacheFolder(name: string): string {
  const { XDG_CACHE_HOME: caches = '' } = process.env
  return join(caches.startsWith('/') ? caches : join(homedir(), '.cache'), 'pathbench', name)
}

function isWritable(folder: string): boolean {
  try {
    makeFolders(folder)
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

function passingFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `pathbench-${name}-`))
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}
