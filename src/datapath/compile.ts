/** BPF objects, made of sources or kept as they are. What is up to date is for bpf/compile.sh to say, by content. */
import { accessSync, constants, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { builtObject } from '../host/built.ts'
import { giveToCaller } from '../host/caller.ts'
import { keptFolder } from '../host/kept-folder.ts'
import { makeFolders } from '../host/make-folders.ts'
import { inProject, isPackage } from '../host/project.ts'
import { writeError } from '../host/room-for-files.ts'
import { toolError, tryTool } from '../host/tool.ts'
import { isInPath } from '../host/tools.ts'
import { putFile } from '../host/unfinished.ts'
import { type Compiled, recall, remember } from './known-objects.ts'

/** @param folder where objects are kept @throws BenchError `failed` with the compiler's words, `machine` if there is no compiler */
export async function compile(source: string, folder = objectsFolder()): Promise<Compiled> {
  const built = builtWithPathbench(source)
  if (built !== undefined && (isPackage || !isInPath('clang'))) return { file: built, warnings: '' }
  const known = recall(source, folder)
  if (known !== undefined) return known
  const beganMs = Date.now()
  const command = ['sh', inProject('bpf', 'compile.sh'), source, folder] as const
  const result = await tryTool(command)
  const what = `compile ${source}`
  if (result.state === 'failed')
    throw toolError(
      { ...result, stderr: fromFirstError(result.stderr) },
      result.stderr.includes('llvm-strip') ? 'llvm-strip' : 'clang',
      what,
    )
  const file = result.stdout.slice(0, -1)
  giveFolderToCaller(dirname(file))
  remember(source, folder, file, beganMs)
  return { file, warnings: result.stderr.trim() }
}

function giveFolderToCaller(made: string): void {
  for (const one of [made, ...readdirSync(made).map((name) => join(made, name))]) giveToCaller(one)
}

/** Warnings that come before the first error are not why it was not compiled. */
function fromFirstError(words: string): string {
  const lines = words.split('\n')
  const first = lines.findIndex((line) => /(^|\s)(fatal )?error: /.test(line))
  return lines.slice(Math.max(0, first)).join('\n')
}

/**
 * Keeps an object that the user built, by its content: what is loaded in every round is what was read, also
 * where it is built again meanwhile.
 *
 * @param sha256 of its contents, in hexadecimal digits
 * @returns where it is kept
 * @throws BenchError `failed` if it cannot be written
 */
export function keepObject(object: string, contents: Uint8Array, sha256: string): string {
  const folder = join(objectsFolder(), sha256)
  const kept = join(folder, basename(object))
  if (isThere(kept, constants.R_OK)) return kept
  try {
    makeFolders(folder)
    putFile(kept, contents)
    putFile(join(folder, 'source'), `${object}\n`)
  } catch (error) {
    throw writeError(`keep a copy of ${object}`, error, `free some space in ${dirname(folder)}`)
  }
  return kept
}

/**
 * The object of a program of pathbench's own that is there already: for a machine that has no compiler any more. A
 * package's is taken in any case, so that it measures the same programs everywhere.
 */
function builtWithPathbench(source: string): string | undefined {
  if (dirname(source) !== inProject('bpf')) return undefined
  const built = builtObject(`${basename(source, '.c')}.o`)
  return isThere(built, constants.R_OK) ? built : undefined
}

const objectsFolder = (): string => keptFolder(join('bpf', 'objects'), 'objects')

function isThere(path: string, mode: number): boolean {
  try {
    accessSync(path, mode)
    return true
  } catch {
    return false
  }
}
