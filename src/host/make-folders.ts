/** Folders, and those above them. */
import { mkdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { giveToCaller } from './caller.ts'

/**
 * Makes a folder and those above it that are missing, owned by the user who called. Node's own way never ends where a file
 * system takes none, such as /proc.
 *
 * @param tell is told each that is made, from the outside in
 * @throws Error of the system's
 */
export function makeFolders(folder: string, tell: (made: string) => void = () => undefined): void {
  if (isFolder(folder)) return
  const above = dirname(resolve(folder))
  if (statSync(above, { throwIfNoEntry: false }) === undefined) makeFolders(above, tell)
  try {
    mkdirSync(folder)
  } catch (error) {
    // Another may have just made it.
    if (isFolder(folder)) return
    throw error
  }
  giveToCaller(folder)
  tell(folder)
}

const isFolder = (place: string): boolean =>
  statSync(place, { throwIfNoEntry: false })?.isDirectory() === true
