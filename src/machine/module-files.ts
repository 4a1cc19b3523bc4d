/** Modules of a kernel: which files they are, and what each depends on. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, zstdDecompressSync } from 'node:zlib'
import { execa } from 'execa'
import { BenchError } from '../host/errors.ts'
import { readIfThere } from '../host/kernel-file.ts'
import type { Kernel } from './kernel.ts'

/** A module, ready to be loaded. */
export interface Module {
  /** As the kernel calls it: no dashes. */
  readonly name: string
  readonly contents: Uint8Array
}

export interface ChosenModules {
  /** Each after those that it depends on. */
  readonly modules: readonly Module[]
  /** Wanted, and neither built in nor there. */
  readonly missing: readonly string[]
}

/** The name of a module, from that of its file. Pure. */
export const moduleName = (file: string): string =>
  file
    .replace(/^.*\//, '')
    .replace(/\.ko(\.\w+)?$/, '')
    .replaceAll('-', '_')

/** What a module's own text says it depends on (`modinfo -F depends`). Pure. */
export function dependenciesIn(contents: Uint8Array): string[] {
  const bytes = Buffer.from(contents.buffer, contents.byteOffset, contents.byteLength)
  const at = bytes.indexOf('\0depends=')
  if (at < 0) return []
  const start = at + '\0depends='.length
  return bytes
    .toString('latin1', start, bytes.indexOf(0, start))
    .split(',')
    .filter((name) => name !== '')
    .map(moduleName)
}

/**
 * The modules `wanted`, and all that they depend on.
 *
 * @param wanted by name
 * @throws BenchError `machine` where one cannot be read
 */
export async function chooseModules(kernel: Kernel, wanted: readonly string[]): Promise<ChosenModules> {
  const files = new Map(kernel.modules.toReversed().flatMap(moduleFiles))
  const builtIn = new Set(kernel.modules.flatMap(builtInModules))
  const modules = new Map<string, Module>()
  const missing: string[] = []
  const add = async (name: string): Promise<void> => {
    if (modules.has(name) || builtIn.has(name) || missing.includes(name)) return
    const file = files.get(name)
    if (file === undefined) {
      missing.push(name)
      return
    }
    const contents = await readModule(file)
    for (const other of dependenciesIn(contents)) await add(other)
    modules.set(name, { name, contents })
  }
  for (const name of wanted) await add(moduleName(name))
  return { modules: [...modules.values()], missing }
}

/** Modules that belong to a folder, by name. */
function moduleFiles(folder: string): [name: string, file: string][] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return names
    .filter((name) => /\.ko(\.(xz|zst|gz))?$/.test(name))
    .map((name) => [moduleName(name), join(folder, name)])
}

const builtInModules = (folder: string): string[] =>
  readIfThere(join(folder, 'modules.builtin'))
    .split('\n')
    .filter((line) => line !== '')
    .map(moduleName)

/** A module's text, whatever it is packed with. */
async function readModule(file: string): Promise<Uint8Array> {
  try {
    const bytes = readFileSync(file)
    if (file.endsWith('.gz')) return gunzipSync(bytes)
    if (file.endsWith('.zst')) return zstdDecompressSync(bytes)
    if (!file.endsWith('.xz')) return bytes
    return (await execa('xz', ['--decompress', '--stdout', file], { encoding: 'buffer' })).stdout
  } catch (error) {
    throw new BenchError(`Could not read module ${file}: ${(error as Error).message.split('\n')[0]}`, {
      trouble: 'machine',
      hint: 'modules that end with .xz want xz (Debian: xz-utils)',
      cause: error,
    })
  }
}
