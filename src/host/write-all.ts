/** Writing files: all of them, or nothing. */
import { lstatSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { giveToCaller } from './caller.ts'
import { BenchError, systemCode } from './errors.ts'
import { makeFolders } from './make-folders.ts'

/** A file to be written. */
export interface NewFile {
  /** Its path in the folder that all are written to. */
  readonly file: string
  readonly text: string | Uint8Array
  /** Whether it is to be run, where it is not there yet. */
  readonly isExecutable?: boolean
}

/** What to do where files are there already. */
interface Replacing {
  /** Whether they make way; a link, or a folder, never does. */
  readonly mayReplace?: boolean
  /** Completes the hint: how the user has them make way. */
  readonly remedy?: string
}

/**
 * Writes files and the folders that they need, owned by the user who called.
 *
 * @param top what their names count from
 * @throws BenchError `usage` if one of them is there already, `failed` if one cannot be written; then all is as before
 */
export function writeAll(
  top: string,
  files: readonly NewFile[],
  { mayReplace = false, remedy }: Replacing = {},
): void {
  const there = files.filter(({ file }) => isInTheWay(join(top, file), mayReplace))
  if (there.length > 0)
    throw new BenchError(`Could not write ${there.map(({ file }) => file).join(' and ')}: already there`, {
      trouble: 'usage',
      hint: mayReplace
        ? 'nothing was written; only files are replaced, no links and folders'
        : ['nothing was written', remedy].filter((words) => words !== undefined).join('; '),
    })
  const undo: (() => void)[] = []
  try {
    for (const one of files) writeOne(join(top, one.file), one, undo)
  } catch (error) {
    for (const step of undo.toReversed()) attempt(step)
    throw new BenchError(`Could not write the files: ${(error as Error).message}`, {
      trouble: 'failed',
      hint: 'nothing was written',
      cause: error,
    })
  }
}

function writeOne(file: string, { text, isExecutable = false }: NewFile, undo: (() => void)[]): void {
  makeFolders(dirname(file), (made) => {
    undo.push(() => {
      rmdirSync(made)
    })
  })
  if (kindOf(file) === 'file') {
    const before = readFileSync(file)
    // First, as a disk that is full leaves half a file.
    undo.push(() => {
      writeFileSync(file, before)
    })
    writeFileSync(file, text)
    return
  }
  // Made first, as it is ours to take away only once it was not there.
  writeFileSync(file, '', { flag: 'wx', mode: isExecutable ? 0o755 : 0o644 })
  undo.push(() => {
    rmSync(file)
  })
  writeFileSync(file, text)
  giveToCaller(file)
}

const isInTheWay = (file: string, mayReplace: boolean): boolean => {
  const kind = kindOf(file)
  return kind === 'other' || (kind === 'file' && !mayReplace)
}

/** What is there: a link that leads nowhere too. Where a folder of it is a file, it cannot be there. */
function kindOf(file: string): 'file' | 'other' | undefined {
  try {
    const found = lstatSync(file, { throwIfNoEntry: false })
    if (found === undefined) return undefined
    return found.isFile() ? 'file' : 'other'
  } catch (error) {
    if (systemCode(error) === 'ENOTDIR') return undefined
    throw new BenchError(`Could not look for ${file}: ${(error as Error).message}`, {
      trouble: 'failed',
      cause: error,
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
